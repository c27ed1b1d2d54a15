package dev.flotilla.kernel.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Set;

/** Serves HTTP/1.1 over {@link WatchedConnection}s. */
final class WatchedSelector implements ServerConnectionSelector {
  static final ScopedValue<WatchedConnection> CONNECTION = ScopedValue.newInstance();

  private final Http1ConnectionSelector http =
      Http1ConnectionSelector.builder().config(Http1Config.create()).build();

  @Override
  public int bytesToIdentifyConnection() {
    return http.bytesToIdentifyConnection();
  }

  /** HTTP/1.1 is all that is spoken here: what is anything else is told so by a 400. */
  @Override
  public Support supports(BufferData data) {
    return Support.SUPPORTED;
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    WatchedConnection watched = new WatchedConnection(context);
    return new Connection(watched, http.connection(watched));
  }

  /** Binds the connection to the thread that answers its requests. */
  private record Connection(WatchedConnection watched, ServerConnection served)
      implements ServerConnection, InterruptableTask<Void> {
    @Override
    public void handle(Limit limit) throws InterruptedException {
      ScopedValue.where(CONNECTION, watched)
          .call(
              () -> {
                served.handle(limit);
                return true;
              });
    }

    @Override
    public Duration idleTime() {
      return served.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
      served.close(interrupt);
    }

    @Override
    public boolean canInterrupt() {
      return served instanceof InterruptableTask<?> task && task.canInterrupt();
    }
  }
}
