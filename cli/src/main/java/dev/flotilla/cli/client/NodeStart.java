package dev.flotilla.cli.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flotilla.cli.context.CommandFailure;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Starts a node in the background and waits until it can be spoken with. */
public final class NodeStart {
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMillis(8);
  private static final int LAST_WORDS = 12;
  private static final int ALREADY_RUNS = 75;

  private final Path state;
  private final ObjectMapper json;

  /**
   * @param state the fleet's state folder
   */
  public NodeStart(Path state, ObjectMapper json) {
    this.state = state;
    this.json = json;
  }

  /**
   * Starts the given command line unless a node of the fleet answers already or another command is
   * just starting one.
   */
  public NodeClient start(List<String> command) {
    Path log = state.resolve("node.log");
    Process process = spawn(command, log);
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (System.nanoTime() < deadline) {
      Optional<NodeClient> node = NodeClient.running(state, json);
      if (node.isPresent()) {
        return node.get();
      }
      if (!process.isAlive() && process.exitValue() != ALREADY_RUNS) {
        throw CommandFailure.of(
            "the node ended while it started:\n" + lastWords(log),
            "a node that runs",
            "Mend what it says; the whole log: " + log);
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
    throw CommandFailure.of(
        "the node did not answer within " + LONGEST.toSeconds() + " s",
        "a node that can be spoken with",
        "See what it logged: " + log);
  }

  private Process spawn(List<String> command, Path log) {
    try {
      Files.createDirectories(
          state,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      return new ProcessBuilder(command)
          .redirectInput(new File("/dev/null"))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .directory(new File("/"))
          .start();
    } catch (IOException e) {
      throw CommandFailure.of(
          "the state folder " + state + " cannot be used (" + reason(e) + ")",
          "a folder of this user's, with room left",
          "Mend its permissions or make room, or name another folder by FLOTILLA_HOME.");
    }
  }

  private static String reason(IOException e) {
    return e instanceof FileSystemException f && f.getReason() != null
        ? f.getReason()
        : e.getClass().getSimpleName() + ": " + e.getMessage();
  }

  private static String lastWords(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_WORDS), lines.size()));
    } catch (IOException e) {
      return "(its log cannot be read: " + e.getMessage() + ")";
    }
  }
}
