package dev.flotilla.node.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.flotilla.model.AgentState;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Probe;
import dev.flotilla.node.Fleets;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("external")
class HangTest {
  private static final String PYTHON = "/usr/bin/python3";
  private static final String SERVER =
      """
      import socket, sys
      s = socket.socket()
      s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
      s.bind(("127.0.0.1", int(sys.argv[1])))
      s.listen(16)
      while True:
          c, _ = s.accept()
          c.recv(1000)
          c.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\nok")
          c.close()
      """;

  @TempDir Path state;

  @ParameterizedTest
  @ValueSource(strings = {"http", "tcp"})
  void aStoppedProcessIsReplaced(String kind) throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of(PYTHON)), PYTHON + " is not on this machine");
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Probe.Check check =
        kind.equals("http")
            ? new Probe.Http("127.0.0.1", port, "/")
            : new Probe.Tcp("127.0.0.1", port);
    try (RealNode node = new RealNode(state)) {
      node.apply(
          Fleets.alive(
              Fleets.listening(
                  Fleets.command("server", PYTHON, "-S", "-c", SERVER, Integer.toString(port)),
                  port),
              check));
      long pid = node.awaitState("server", AgentState.HEALTHY).pid().orElseThrow();
      new ProcessBuilder("kill", "-STOP", Long.toString(pid)).start().waitFor();
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(10))
          .until(
              () ->
                  node.status("server")
                      .filter(s -> s.state() == AgentState.HEALTHY)
                      .flatMap(AgentStatus::pid)
                      .filter(p -> p != pid)
                      .isPresent());
      assertThat(node.status("server").orElseThrow().lastExit()).contains("hung");
    }
  }
}
