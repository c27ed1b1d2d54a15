package dev.flotilla.bus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

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
    String text;
    try {
      refuseWhenShared(file);
      text = Files.readString(file).strip();
    } catch (IOException e) {
      throw new BusException(
          BusException.Reason.REFUSED,
          "cannot read the bus credentials file " + file + ": " + e.getMessage(),
          e);
    }
    if (text.isEmpty()) {
      throw new BusException(
          BusException.Reason.REFUSED,
          "the bus credentials file "
              + file
              + " is empty; it must hold a token, user:password or an nkey seed");
    }
    return parse(text);
  }

  private static void refuseWhenShared(Path file) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    if (permissions.contains(PosixFilePermission.GROUP_READ)
        || permissions.contains(PosixFilePermission.OTHERS_READ)) {
      throw new BusException(
          BusException.Reason.REFUSED,
          "the bus credentials file "
              + file
              + " has mode "
              + PosixFilePermissions.toString(permissions)
              + ", expected rw-------; run: chmod 600 "
              + file);
    }
  }
}
