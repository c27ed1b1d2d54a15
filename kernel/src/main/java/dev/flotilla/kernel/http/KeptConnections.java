package dev.flotilla.kernel.http;

import io.helidon.common.tls.Tls;
import io.helidon.webclient.api.ConnectionKey;
import io.helidon.webclient.api.Proxy;
import io.helidon.webclient.api.TcpClientConnection;
import io.helidon.webclient.api.WebClient;
import io.helidon.webclient.http1.Http1Client;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The connections to one server: those at rest are kept for the next request, the one that rested
 * least first. Nobody reads one at rest, as the client's own cache does with a thread each that
 * wakes ten times a second and takes the first byte of every answer; so a kept one may have been
 * closed by the server in the meantime. Thread-safe.
 */
final class KeptConnections {
  private static final Duration LONGEST_REST = Duration.ofSeconds(60);
  private static final int MOST = 256;

  private final WebClient client;
  private final ConnectionKey server;
  private final ConcurrentLinkedDeque<AtRest> kept = new ConcurrentLinkedDeque<>();
  private final AtomicInteger size = new AtomicInteger();

  private record AtRest(KeptConnection connection, long since) {
    boolean tooLong() {
      return System.nanoTime() - since > LONGEST_REST.toNanos();
    }
  }

  KeptConnections(WebClient client, URI uri) {
    this.client = client;
    var settings = client.prototype();
    boolean secure = "https".equalsIgnoreCase(uri.getScheme());
    this.server =
        ConnectionKey.create(
            uri.getScheme(),
            uri.getHost(),
            uri.getPort() > 0 ? uri.getPort() : secure ? 443 : 80,
            secure ? settings.tls() : Tls.builder().enabled(false).build(),
            settings.dnsResolver(),
            settings.dnsAddressLookup(),
            settings.proxy().isUsingSystemProxy(uri.toString())
                ? settings.proxy()
                : Proxy.noProxy());
  }

  /** The proxy of this system for that server. */
  Proxy proxy() {
    return server.proxy();
  }

  /** A kept one; the caller has it alone. */
  Optional<KeptConnection> kept() {
    for (AtRest next = kept.pollFirst(); next != null; next = kept.pollFirst()) {
      size.decrementAndGet();
      if (!next.tooLong()) {
        return Optional.of(next.connection());
      }
      next.connection().closeResource();
    }
    return Optional.empty();
  }

  /**
   * A new one; the caller has it alone.
   *
   * @throws java.io.UncheckedIOException when the server is not to be reached
   */
  KeptConnection open() {
    return new KeptConnection(
        TcpClientConnection.create(
                client, server, List.of(Http1Client.PROTOCOL_ID), released -> false, closed -> {})
            .connect(),
        this::rests);
  }

  /** Whether it is kept; it is closed otherwise. */
  private boolean rests(KeptConnection connection) {
    if (!connection.isConnected() || size.get() >= MOST) {
      return false;
    }
    size.incrementAndGet();
    kept.addFirst(new AtRest(connection, System.nanoTime()));
    AtRest last = kept.peekLast();
    if (last != null && last.tooLong() && kept.removeLastOccurrence(last)) {
      size.decrementAndGet();
      last.connection().closeResource();
    }
    return true;
  }
}
