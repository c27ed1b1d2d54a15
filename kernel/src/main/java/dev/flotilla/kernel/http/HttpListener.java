package dev.flotilla.kernel.http;

import dev.flotilla.kernel.failure.Failure;
import io.helidon.common.tls.Tls;
import io.helidon.http.DirectHandler;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Answers HTTP/1.1 on one port until it is closed. Every request runs on a virtual thread of its
 * own. Errors of every kind are JSON.
 */
public final class HttpListener implements AutoCloseable {
  private static final Duration GRACE = Duration.ofMillis(500);
  private static final Duration LOOK = Duration.ofMillis(2);

  private final HttpSettings settings;
  private final Exchange exchange;
  private final WebServer server;

  private HttpListener(HttpSettings settings, Exchange exchange, WebServer server) {
    this.settings = settings;
    this.exchange = exchange;
    this.server = server;
  }

  /**
   * Starts to listen.
   *
   * @throws IOException when the address is not to be had, naming it, or when it is beyond loopback
   *     and there is no token or no TLS
   */
  public static HttpListener start(HttpSettings settings, Routes routes) throws IOException {
    refuseOpenDoor(settings);
    NumbersInHeaders.prepare();
    Exchange exchange = new Exchange(settings, routes);
    var builder =
        WebServer.builder()
            .host(settings.host())
            .port(settings.port())
            .shutdownHook(false)
            .featuresDiscoverServices(false)
            .concurrencyLimitDiscoverServices(false)
            .shutdownGracePeriod(LOOK)
            .connectionOptions(options -> options.tcpNoDelay(true))
            .directHandlers(jsonErrors())
            .protocolsDiscoverServices(false)
            .addConnectionSelector(new WatchedSelector())
            .routing(routing -> routing.any(exchange));
    if (settings.tls().isPresent()) {
      builder.tls(tls(settings.tls().get()));
    }
    tryToBind(settings);
    WebServer server = builder.build().start();
    if (!server.isRunning()) {
      throw cannotListen(settings, new IOException("the port was taken at the last moment"));
    }
    return new HttpListener(settings, exchange, server);
  }

  /** The port, also when any free one was asked for. */
  public int port() {
    return server.port();
  }

  /** Where to ask, without a slash at the end. */
  public URI uri() {
    String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    return URI.create(
        (settings.tls().isPresent() ? "https" : "http") + "://" + host + ":" + port());
  }

  /**
   * Stops listening. Requests that are being answered have a short grace; streams and connections
   * without a request end at once.
   */
  @Override
  public void close() {
    long deadline = System.nanoTime() + GRACE.toNanos();
    while (exchange.answering() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(LOOK.toNanos());
    }
    server.stop();
    exchange.close();
  }

  private static void refuseOpenDoor(HttpSettings settings) throws IOException {
    boolean guarded = settings.token().isPresent() && settings.tls().isPresent();
    if (!Guard.isLoopback(settings.host()) && !guarded) {
      throw new IOException(
          "will not listen on "
              + settings.host()
              + ":"
              + settings.port()
              + ", which is beyond this machine, "
              + (settings.token().isEmpty() ? "without a token" : "without TLS")
              + "; expected both a token and a certificate; set them, or listen on 127.0.0.1");
    }
  }

  private static Tls tls(HttpSettings.Tls settings) throws IOException {
    return Tls.builder().sslContext(PemContext.read(settings)).build();
  }

  private static DirectHandlers jsonErrors() {
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
      handlers.addHandler(type, HttpListener::jsonError);
    }
    return handlers.build();
  }

  private static DirectHandler.TransportResponse jsonError(
      DirectHandler.TransportRequest request,
      DirectHandler.EventType type,
      io.helidon.http.Status status,
      io.helidon.http.ServerResponseHeaders headers,
      String message) {
    Failure failure =
        Failure.of(
            Failure.Kind.ofCode(status.code()),
            status.code() >= 500 ? "a fault in the listener" : message,
            "an HTTP/1.1 request",
            "Mend the request.");
    HttpResponse.Whole body = (HttpResponse.Whole) HttpResponse.failure(failure).body();
    headers.set(io.helidon.http.HeaderNames.CONTENT_TYPE, "application/json");
    return DirectHandler.TransportResponse.builder()
        .status(status)
        .headers(headers)
        .keepAlive(type.keepAlive())
        .entity(body.data())
        .build();
  }

  /** The server logs a port that is taken and goes on without it, so it is tried before. */
  private static void tryToBind(HttpSettings settings) throws IOException {
    if (settings.port() == 0) {
      return;
    }
    try (ServerSocketChannel channel = ServerSocketChannel.open()) {
      channel
          .setOption(StandardSocketOptions.SO_REUSEADDR, true)
          .bind(new InetSocketAddress(settings.host(), settings.port()));
    } catch (IOException | UnresolvedAddressException e) {
      throw cannotListen(settings, e);
    }
  }

  private static IOException cannotListen(HttpSettings settings, Exception cause) {
    return new IOException(
        "cannot listen on "
            + settings.host()
            + ":"
            + settings.port()
            + " ("
            + (cause.getMessage() == null ? "unknown address" : cause.getMessage())
            + "); expected a free port on an address of this machine; stop what holds the port, or"
            + " choose another",
        cause);
  }
}
