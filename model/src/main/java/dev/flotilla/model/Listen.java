package dev.flotilla.model;

import java.nio.file.Path;
import java.util.List;

/**
 * An address beyond loopback where a service listens as well, on the same port, by HTTPS and for
 * who has the token.
 *
 * @param host one address of the machine, not {@code 0.0.0.0}: loopback has a listener of its own
 * @param token file with mode 0600 that holds the token, absolute
 * @param certificate PEM file, the listener's own certificate first, absolute
 * @param key PEM file with mode 0600 and the unencrypted PKCS 8 key, absolute
 */
public record Listen(String host, String token, String certificate, String key) {

  /** The files it takes. */
  public List<Path> files() {
    return List.of(Path.of(token), Path.of(certificate), Path.of(key));
  }
}
