package dev.flotilla.node.state;

import java.time.Instant;
import java.util.Optional;

/**
 * {@code node.json}: how the command line reaches the node.
 *
 * @param startedAt when the process began; a pid alone may have passed to another
 * @param port of the local API on 127.0.0.1
 * @param token that the API asks for
 * @param manifest absolute file name; absent for the built-in fleet
 */
public record NodeFile(
    long pid,
    Instant startedAt,
    int port,
    String token,
    Optional<String> manifest,
    String version) {
  public static final String NAME = "node.json";

  /** Without the token. */
  @Override
  public String toString() {
    return "NodeFile[pid " + pid + ", port " + port + "]";
  }
}
