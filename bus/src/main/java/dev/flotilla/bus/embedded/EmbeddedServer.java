package dev.flotilla.bus.embedded;

import dev.flotilla.bus.BusException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The bus of one machine: a server of the core NATS client protocol on one thread of this JVM. Any
 * NATS client can talk to it. Thread-safe.
 */
public final class EmbeddedServer implements AutoCloseable {
  private static final int BACKLOG = 1024;

  private final ServerInfo info;
  private final EventLoop loop;
  private final Thread thread;

  private EmbeddedServer(ServerInfo info, EventLoop loop) {
    this.info = info;
    this.loop = loop;
    this.thread = Thread.ofPlatform().name("bus").daemon(true).unstarted(loop);
  }

  /**
   * Listens from now on.
   *
   * @throws BusException REFUSED when it would listen beyond loopback without login or TLS
   * @throws IOException when the address cannot be had; says which
   */
  public static EmbeddedServer start(ServerOptions options) throws IOException {
    InetAddress address = InetAddress.getByName(options.host());
    if (!address.isLoopbackAddress() && (options.logins().isEmpty() || options.tls().isEmpty())) {
      throw new BusException(
          BusException.Reason.REFUSED,
          "the embedded bus was told to listen on "
              + options.host()
              + ", beyond this machine, without a login and TLS; set both, or listen on 127.0.0.1");
    }
    ServerSocketChannel acceptor = ServerSocketChannel.open();
    boolean started = false;
    try {
      bind(acceptor, address, options);
      EmbeddedServer server = create(options, acceptor);
      server.thread.start();
      started = true;
      return server;
    } finally {
      if (!started) {
        acceptor.close();
      }
    }
  }

  /** The port clients connect to. */
  public int port() {
    return info.port();
  }

  /** Counts of this moment. */
  public ServerStats stats() {
    CompletableFuture<ServerStats> answer = new CompletableFuture<>();
    loop.execute(() -> answer.complete(loop.stats()));
    try {
      return answer.get(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BusException(BusException.Reason.DISCONNECTED, "interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new BusException(
          BusException.Reason.DISCONNECTED, "the embedded bus does not answer", e);
    }
  }

  /** Ends every connection and the thread. */
  @Override
  public void close() {
    loop.stop();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void bind(ServerSocketChannel acceptor, InetAddress address, ServerOptions options)
      throws IOException {
    try {
      acceptor.bind(new InetSocketAddress(address, options.port()), BACKLOG);
    } catch (IOException e) {
      throw new IOException(
          "the embedded bus cannot listen on "
              + options.host()
              + ":"
              + options.port()
              + " ("
              + e.getMessage()
              + "); free the port or choose another one",
          e);
    }
    acceptor.configureBlocking(false);
  }

  private static EmbeddedServer create(ServerOptions options, ServerSocketChannel acceptor)
      throws IOException {
    SecureRandom secure = new SecureRandom();
    byte[] id = new byte[16];
    secure.nextBytes(id);
    Authenticator authenticator = new Authenticator(options.logins());
    ServerInfo info =
        new ServerInfo(
            HexFormat.of().withUpperCase().formatHex(id),
            options.name(),
            options.host(),
            acceptor.socket().getLocalPort(),
            options.limits().maxPayload(),
            authenticator.required(),
            options.tls().isPresent());
    Session.Context context =
        new Session.Context(new Router(new SplittableRandom()), authenticator, options.limits());
    return new EmbeddedServer(
        info, new EventLoop(options, info, context, acceptor, System::nanoTime, secure));
  }
}
