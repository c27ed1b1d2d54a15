package dev.flotilla.bus.embedded;

/** One way for a client to be let in. */
public sealed interface Login {

  /** Whoever shows the token. */
  record Token(String token) implements Login {
    @Override
    public String toString() {
      return "Token[hidden]";
    }
  }

  /** Whoever shows the user's password. */
  record User(String name, String password) implements Login {
    @Override
    public String toString() {
      return "User[" + name + ", hidden]";
    }
  }

  /**
   * Whoever signs the server's challenge with the seed of this key.
   *
   * @param publicKey {@code U…}, 56 characters
   */
  record NKey(String publicKey) implements Login {}
}
