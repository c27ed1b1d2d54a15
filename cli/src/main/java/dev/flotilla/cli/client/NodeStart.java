package dev.flotilla.cli.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flotilla.cli.context.CommandFailure;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Starts a node in the background and waits until it can be spoken with. */
public final class NodeStart {
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMillis(8);
  private static final int LAST_WORDS = 12;
  private static final int ALREADY_RUNS = 75;

  /** What a node writes before it can say anything, with some to spare. */
  private static final int ROOM = 64 * 1024;

  private final Path state;
  private final ObjectMapper json;
  private final Map<String, String> environment;

  /**
   * @param state the fleet's state folder
   * @param environment of the node
   */
  public NodeStart(Path state, ObjectMapper json, Map<String, String> environment) {
    this.state = state;
    this.json = json;
    this.environment = Map.copyOf(environment);
  }

  /**
   * Starts the given command line unless a node of the fleet answers already or another command is
   * just starting one.
   */
  public NodeClient start(List<String> command) {
    try {
      Files.createDirectories(
          state,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      try (var _ = StartTurn.take(state)) {
        Optional<NodeClient> running = NodeClient.running(state, json);
        return running.isPresent() ? running.get() : startAlone(command);
      }
    } catch (IOException e) {
      throw UnusableFolder.failure(state, e);
    }
  }

  /** Waits until a node that another command is just starting answers, or does not start. */
  public Optional<NodeClient> startedByAnother() {
    if (!Files.isDirectory(state)) {
      return Optional.empty();
    }
    try (var _ = StartTurn.take(state)) {
      return NodeClient.running(state, json);
    } catch (IOException notOurs) {
      return Optional.empty();
    }
  }

  /** A node on a full disk ends without a word, as its log is on that disk. */
  private void requireRoom() throws IOException {
    Path file = Files.createTempFile(state, "room", "");
    try {
      Files.write(file, new byte[ROOM]);
    } finally {
      Files.delete(file);
    }
  }

  private NodeClient startAlone(List<String> command) throws IOException {
    requireRoom();
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

  private Process spawn(List<String> command, Path log) throws IOException {
    ProcessBuilder node =
        new ProcessBuilder(command)
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .directory(new File("/"));
    node.environment().clear();
    node.environment().putAll(environment);
    return node.start();
  }

  private static String lastWords(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      if (lines.isEmpty()) {
        return "(it said nothing)";
      }
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_WORDS), lines.size()));
    } catch (IOException e) {
      return "(its log cannot be read: " + e.getMessage() + ")";
    }
  }
}
