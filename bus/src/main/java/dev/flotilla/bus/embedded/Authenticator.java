package dev.flotilla.bus.embedded;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;

/** Decides who is let in, in a time that does not tell how much of a secret was right. */
final class Authenticator {
  private final List<Login> logins;

  Authenticator(List<Login> logins) {
    this.logins = List.copyOf(logins);
  }

  /** Whether clients must prove themselves. */
  boolean required() {
    return !logins.isEmpty();
  }

  /** Whether clients need a challenge to sign. */
  boolean challenges() {
    return logins.stream().anyMatch(Login.NKey.class::isInstance);
  }

  boolean accepts(ConnectOptions client, String nonce) {
    boolean accepted = logins.isEmpty();
    for (Login login : logins) {
      accepted |= accepts(login, client, nonce);
    }
    return accepted;
  }

  private static boolean accepts(Login login, ConnectOptions client, String nonce) {
    return switch (login) {
      case Login.Token(String token) -> same(token, client.token());
      case Login.User(String name, String password) -> {
        boolean nameRight = same(name, client.user());
        boolean passwordRight = same(password, client.password());
        yield nameRight && passwordRight;
      }
      case Login.NKey(String key) ->
          same(key, client.nkey())
              && client.signature().map(signed -> NKeys.verify(key, nonce, signed)).orElse(false);
    };
  }

  private static boolean same(String expected, Optional<String> shown) {
    boolean equal = MessageDigest.isEqual(digest(expected), digest(shown.orElse("")));
    return equal && shown.isPresent();
  }

  private static byte[] digest(String secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
