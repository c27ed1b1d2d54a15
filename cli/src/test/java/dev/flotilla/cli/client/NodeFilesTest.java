package dev.flotilla.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flotilla.model.Json;
import dev.flotilla.node.state.NodeFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeFilesTest {
  private final ObjectMapper json = Json.mapper();

  @TempDir Path folder;

  private void write(long pid, Instant startedAt, int port) throws Exception {
    json.writeValue(
        folder.resolve(NodeFile.NAME).toFile(),
        Map.of(
            "pid",
            pid,
            "startedAt",
            startedAt.toString(),
            "port",
            port,
            "token",
            "t",
            "manifest",
            "fleet.yaml",
            "version",
            "0.1.0"));
  }

  private static Instant startOfThisProcess() {
    return ProcessHandle.current().info().startInstant().orElseThrow();
  }

  @Test
  void aNodeThatRunsAndListensIsFound() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      write(ProcessHandle.current().pid(), startOfThisProcess(), server.getLocalPort());
      assertThat(NodeFiles.running(folder, json)).isPresent();
    }
  }

  @Test
  void aProcessThatListensNoMoreIsNoNode() throws Exception {
    int port;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = server.getLocalPort();
    }
    write(ProcessHandle.current().pid(), startOfThisProcess(), port);
    assertThat(NodeFiles.running(folder, json)).isEmpty();
  }

  @Test
  void anotherProcessWithItsNumberIsNoNode() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      write(
          ProcessHandle.current().pid(),
          startOfThisProcess().minusSeconds(60),
          server.getLocalPort());
      assertThat(NodeFiles.running(folder, json)).isEmpty();
    }
  }
}
