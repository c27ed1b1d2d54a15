package dev.flotilla.bus;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How to reach the fleet's messages.
 *
 * @param url {@code nats://host:port} or {@code tls://host:port}, with {@code token@}, {@code
 *     user:password@} or an nkey {@code seed@} before the host where the server asks for it
 * @param credentialsFile a file with mode 0600 that holds a token, {@code user:password} or an nkey
 *     seed; what stands in the URL wins
 * @param tls whom to trust beyond the JDK's own list, and the client's certificate
 * @param clientName what the server shows for this connection
 * @param connectTimeout how long one attempt may take
 * @param reconnectWait the pause between two attempts once the connection is lost
 */
public record BusOptions(
    String url,
    Optional<Path> credentialsFile,
    Optional<SSLContext> tls,
    String clientName,
    Duration connectTimeout,
    Duration reconnectWait) {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration RECONNECT_WAIT = Duration.ofMillis(250);

  public static BusOptions of(String url, String clientName) {
    return new BusOptions(
        url, Optional.empty(), Optional.empty(), clientName, CONNECT_TIMEOUT, RECONNECT_WAIT);
  }

  public BusOptions withCredentials(Path file) {
    return new BusOptions(url, Optional.of(file), tls, clientName, connectTimeout, reconnectWait);
  }

  public BusOptions withTls(SSLContext context) {
    return new BusOptions(
        url, credentialsFile, Optional.of(context), clientName, connectTimeout, reconnectWait);
  }

  public BusOptions withConnectTimeout(Duration timeout) {
    return new BusOptions(url, credentialsFile, tls, clientName, timeout, reconnectWait);
  }

  public BusOptions withReconnectWait(Duration wait) {
    return new BusOptions(url, credentialsFile, tls, clientName, connectTimeout, wait);
  }

  /** The URL without what is secret in it, for messages to people. */
  public String shownUrl() {
    return url.replaceAll("//[^/@]*@", "//");
  }
}
