package dev.flotilla.cli.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flotilla.node.state.NodeFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Finds the nodes that run by what their state folders say. */
final class NodeFiles {
  /** Two readings of one process's start may differ by a tick of the clock. */
  private static final Duration SAME = Duration.ofSeconds(2);

  private static final int CONNECT_MILLIS = 2_000;

  private NodeFiles() {}

  /** What the folder holds, when it is there and the process it names still runs. */
  static Optional<NodeFile> running(Path stateFolder, ObjectMapper json) {
    Path file = stateFolder.resolve(NodeFile.NAME);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      NodeFile found = json.readValue(file.toFile(), NodeFile.class);
      return lives(found) && listens(found) ? Optional.of(found) : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static boolean lives(NodeFile file) {
    return ProcessHandle.of(file.pid())
        .filter(ProcessHandle::isAlive)
        .map(
            process ->
                process
                    .info()
                    .startInstant()
                    .map(
                        start ->
                            Duration.between(start, file.startedAt()).abs().compareTo(SAME) < 0)
                    .orElse(true))
        .orElse(false);
  }

  /** A process that was killed may stay in the table until its parent has looked at it. */
  private static boolean listens(NodeFile file) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), file.port()), CONNECT_MILLIS);
      return true;
    } catch (IOException nobody) {
      return false;
    }
  }
}
