package dev.flotilla.cli.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How to reach a running node: {@code node.json} in the fleet's state folder, for its owner alone.
 *
 * @param pid of the node
 * @param startedAt when that process began; a pid alone may have passed to another
 * @param port of the local API on 127.0.0.1
 * @param token that the API asks for
 * @param manifest absolute file name; absent for the built-in fleet
 * @param version of Flotilla that the node runs
 */
public record NodeFile(
    long pid,
    Instant startedAt,
    int port,
    String token,
    Optional<String> manifest,
    String version) {

  /** Two readings of one process's start may differ by a tick of the clock. */
  private static final Duration SAME = Duration.ofSeconds(2);

  private static final String NAME = "node.json";

  /** What the folder holds, when it is there and the process it names still runs. */
  public static Optional<NodeFile> running(Path stateFolder, ObjectMapper json) {
    Path file = stateFolder.resolve(NAME);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      NodeFile found = json.readValue(file.toFile(), NodeFile.class);
      return found.lives() ? Optional.of(found) : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** Written whole or not at all, and readable by its owner only from the first byte. */
  public void write(Path stateFolder, ObjectMapper json) throws IOException {
    Path fresh =
        Files.createTempFile(
            stateFolder,
            "node",
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(fresh, json.writeValueAsBytes(this));
    Files.move(
        fresh,
        stateFolder.resolve(NAME),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  public static void remove(Path stateFolder) throws IOException {
    Files.deleteIfExists(stateFolder.resolve(NAME));
  }

  private boolean lives() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .map(
            process ->
                process
                    .info()
                    .startInstant()
                    .map(start -> Duration.between(start, startedAt).abs().compareTo(SAME) < 0)
                    .orElse(true))
        .orElse(false);
  }
}
