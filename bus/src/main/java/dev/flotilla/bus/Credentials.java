package dev.flotilla.bus;

import java.io.IOException;
import java.nio.file.Path;

/** What a client proves itself with. */
public sealed interface Credentials {

  /** One secret for all. */
  record Token(String token) implements Credentials {
    @Override
    public String toString() {
      return "Token[hidden]";
    }
  }

  /** A name and its password. */
  record UserPassword(String user, String password) implements Credentials {
    @Override
    public String toString() {
      return "UserPassword[" + user + ", hidden]";
    }
  }

  /** The seed of an nkey: the server's challenge is signed with it and it never leaves. */
  record NKeySeed(String seed) implements Credentials {
    @Override
    public String toString() {
      return "NKeySeed[hidden]";
    }
  }

  /** Tells the three apart: {@code SU…} of 58 characters is a seed, a colon makes a user. */
  static Credentials parse(String text) {
    String secret = text.strip();
    if (secret.matches("SU[A-Z2-7]{56}")) {
      return new NKeySeed(secret);
    }
    int colon = secret.indexOf(':');
    return colon < 0
        ? new Token(secret)
        : new UserPassword(secret.substring(0, colon), secret.substring(colon + 1));
  }

  /**
   * Reads a credentials file.
   *
   * @throws BusException when it cannot be read, is empty, or others than its owner may read it
   */
  static Credentials read(Path file) {
    try {
      return parse(SecretFile.read(file));
    } catch (IOException e) {
      throw new BusException(
          BusException.Reason.REFUSED,
          "the bus credentials cannot be read: "
              + e.getMessage()
              + "; the file must hold a token, user:password or an nkey seed",
          e);
    }
  }
}
