package dev.flotilla.kernel.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where and how a listener listens.
 *
 * @param host an address of this machine; beyond loopback token and TLS are required
 * @param port 0 for any free one
 * @param token what {@code Authorization: Bearer} must say, on all paths but {@code /health} and
 *     {@code /ready}; never logged
 * @param tls empty for plain HTTP
 * @param maxBody largest request body in bytes; larger ones are answered with 413
 * @param bodyPatience how long a client may take to send a body before its connection is cut
 */
public record HttpSettings(
    String host,
    int port,
    Optional<String> token,
    Optional<Tls> tls,
    long maxBody,
    Duration bodyPatience) {
  private static final long DEFAULT_MAX_BODY = 8L << 20;
  private static final Duration DEFAULT_BODY_PATIENCE = Duration.ofSeconds(60);

  public HttpSettings(
      String host, int port, Optional<String> token, Optional<Tls> tls, long maxBody) {
    this(host, port, token, tls, maxBody, DEFAULT_BODY_PATIENCE);
  }

  /**
   * A certificate.
   *
   * @param certificates PEM file, the listener's own first
   * @param key PEM file with the unencrypted PKCS 8 key, mode 0600
   */
  public record Tls(Path certificates, Path key) {}

  /** On 127.0.0.1, without token. */
  public static HttpSettings loopback(int port) {
    return new HttpSettings(
        "127.0.0.1", port, Optional.empty(), Optional.empty(), DEFAULT_MAX_BODY);
  }

  /**
   * On one address beyond this machine.
   *
   * @param token what who asks must have
   */
  public static HttpSettings beyond(String host, int port, String token, Tls tls) {
    return new HttpSettings(host, port, Optional.of(token), Optional.of(tls), DEFAULT_MAX_BODY);
  }

  public HttpSettings token(String value) {
    return new HttpSettings(host, port, Optional.of(value), tls, maxBody, bodyPatience);
  }

  public HttpSettings maxBody(long bytes) {
    return new HttpSettings(host, port, token, tls, bytes, bodyPatience);
  }

  public HttpSettings bodyPatience(Duration patience) {
    return new HttpSettings(host, port, token, tls, maxBody, patience);
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "HttpSettings[" + host + ":" + port + (tls.isPresent() ? " tls" : "") + "]";
  }
}
