package dev.flotilla.kernel.http;

import dev.flotilla.kernel.failure.Failure;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Who may ask. Pure. Beside the token it keeps web pages of others from using a browser on this
 * machine as a way in: a loopback listener answers to loopback names only, and a request that
 * changes something must not come from a page of another origin.
 */
final class Guard {
  private static final Set<String> OPEN_PATHS = Set.of("/health", "/ready");
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");
  private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS");

  private final HttpSettings settings;
  private final Predicate<HttpRequest> guest;

  /**
   * @param guest whether it is let in without the token
   */
  Guard(HttpSettings settings, Predicate<HttpRequest> guest) {
    this.settings = settings;
    this.guest = guest;
  }

  /** Why the request is not answered; empty when it may be. */
  Optional<Failure> refuse(HttpRequest request) {
    String host = hostOf(request.header("host").orElse(""));
    if (isLoopback(settings.host()) && !isLoopback(host) && !host.equals(settings.host())) {
      return Optional.of(
          Failure.of(
              Failure.Kind.FORBIDDEN,
              "the host \"" + host + "\"",
              "a loopback name such as 127.0.0.1 or localhost",
              "Ask by the address the listener is bound to."));
    }
    Optional<String> origin = request.header("origin");
    if (!HARMLESS.contains(request.method())
        && origin.isPresent()
        && !origin.get().replaceFirst("^https?://", "").equals(request.header("host").orElse(""))) {
      return Optional.of(
          Failure.of(
              Failure.Kind.FORBIDDEN,
              "a request from a page of " + origin.get(),
              "one from this listener's own pages or from a program",
              "Call it without a browser, or from its own page."));
    }
    return authorised(request)
        ? Optional.empty()
        : Optional.of(
            Failure.of(
                Failure.Kind.UNAUTHORISED,
                request.header("authorization").isPresent() ? "another token" : "no token",
                "Authorization: Bearer and the listener's token",
                "Take the token from the file it is kept in; a browser sends it as the password."));
  }

  private boolean authorised(HttpRequest request) {
    if (settings.token().isEmpty() || OPEN_PATHS.contains(request.path())) {
      return true;
    }
    byte[] expected = settings.token().get().getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(expected, secret(request.header("authorization").orElse("")))
        || guest.test(request);
  }

  /** A bearer's token; a browser asks its user and sends the same as a password. */
  private static byte[] secret(String authorization) {
    if (authorization.startsWith("Bearer ")) {
      return authorization.substring("Bearer ".length()).getBytes(StandardCharsets.UTF_8);
    }
    if (!authorization.startsWith("Basic ")) {
      return new byte[0];
    }
    try {
      String pair =
          new String(
              Base64.getDecoder().decode(authorization.substring("Basic ".length())),
              StandardCharsets.UTF_8);
      return pair.substring(pair.indexOf(':') + 1).getBytes(StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notBase64) {
      return new byte[0];
    }
  }

  static boolean isLoopback(String host) {
    return LOOPBACK.contains(host) || host.startsWith("127.");
  }

  private static String hostOf(String authority) {
    if (authority.startsWith("[")) {
      int end = authority.indexOf(']');
      return end < 0 ? authority : authority.substring(1, end);
    }
    int colon = authority.lastIndexOf(':');
    return colon < 0 ? authority : authority.substring(0, colon);
  }
}
