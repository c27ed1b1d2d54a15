package dev.flotilla.kernel.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * A connection of the server that can be read ahead while a request is being answered, which is the
 * only way to learn that the client has left. What was read ahead is handed to the server when it
 * asks for the next request.
 */
final class WatchedConnection implements ConnectionContext {
  private final ConnectionContext context;
  private final DataReader first;
  private final DataReader reader;
  private final Object lock = new Object();
  private @Nullable CompletableFuture<byte @Nullable []> ahead;
  private @Nullable Runnable gone;

  WatchedConnection(ConnectionContext context) {
    this.context = context;
    this.first = context.dataReader();
    this.reader = new UnchainedReader(this::more);
  }

  /** Runs the action once when the client closes its side, from now until {@link #ignore}. */
  void watch(Runnable action) {
    boolean left;
    synchronized (lock) {
      gone = action;
      if (ahead == null) {
        CompletableFuture<byte @Nullable []> reading = new CompletableFuture<>();
        ahead = reading;
        Thread.ofVirtual().name("client watch").start(() -> readAhead(reading));
        return;
      }
      left = ended(ahead);
    }
    if (left) {
      action.run();
    }
  }

  void ignore() {
    synchronized (lock) {
      gone = null;
    }
  }

  private void readAhead(CompletableFuture<byte @Nullable []> reading) {
    try {
      reading.complete(read());
    } catch (RuntimeException e) {
      reading.completeExceptionally(e);
    }
    Runnable action;
    synchronized (lock) {
      action = gone;
      gone = null;
    }
    if (action != null && ended(reading)) {
      action.run();
    }
  }

  private static boolean ended(CompletableFuture<byte @Nullable []> reading) {
    return reading.isDone() && (reading.isCompletedExceptionally() || reading.join() == null);
  }

  /**
   * A client that has gone is no fault of the server, which it would log as one were it told of the
   * end by a null.
   */
  private byte[] more() {
    byte[] next = next();
    if (next == null) {
      throw new CloseConnectionException("the client has gone");
    }
    return next;
  }

  /** Null at the end. */
  private byte @Nullable [] next() {
    CompletableFuture<byte @Nullable []> reading;
    synchronized (lock) {
      reading = ahead;
      ahead = null;
    }
    if (reading == null) {
      return read();
    }
    try {
      return reading.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof UncheckedIOException io
          ? io
          : new IllegalStateException("reading ahead failed", e.getCause());
    }
  }

  private byte @Nullable [] read() {
    int left = first.available();
    return left > 0 ? first.readBytes(left) : context.serverSocket().get();
  }

  @Override
  public DataReader dataReader() {
    return reader;
  }

  @Override
  public ListenerContext listenerContext() {
    return context.listenerContext();
  }

  @Override
  public ExecutorService executor() {
    return context.executor();
  }

  @Override
  public DataWriter dataWriter() {
    return context.dataWriter();
  }

  @Override
  public Router router() {
    return context.router();
  }

  @Override
  public Optional<ProxyProtocolData> proxyProtocolData() {
    return context.proxyProtocolData();
  }

  @Override
  public HelidonSocket serverSocket() {
    return context.serverSocket();
  }

  @Override
  public PeerInfo remotePeer() {
    return context.remotePeer();
  }

  @Override
  public PeerInfo localPeer() {
    return context.localPeer();
  }

  @Override
  public boolean isSecure() {
    return context.isSecure();
  }

  @Override
  public String socketId() {
    return context.socketId();
  }

  @Override
  public String childSocketId() {
    return context.childSocketId();
  }
}
