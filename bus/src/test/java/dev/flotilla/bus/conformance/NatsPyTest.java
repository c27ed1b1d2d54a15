package dev.flotilla.bus.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.bus.embedded.Login;
import dev.flotilla.bus.embedded.ServerOptions;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Python's official client, unchanged, against the embedded server. */
@Tag("external")
class NatsPyTest {
  /** Where an interpreter with nats-py is, when it is not the usual one. */
  private static final String INTERPRETER = "NATS_PY_PYTHON";

  @Test
  @Timeout(120)
  void itsUsersNoticeNoDifference() throws Exception {
    Python python = new Python(Optional.ofNullable(System.getenv(INTERPRETER)).orElse("python3"));
    Assumptions.assumeTrue(
        python.succeeds("import nats"),
        "nats-py is not installed (python3 -m pip install nats-py, or set " + INTERPRETER + ")");
    ServerOptions options =
        ServerOptions.local().withLogins(new Login.User("ann", "pw"), new Login.Token("t"));
    Path script = Path.of("src", "test", "resources", "nats-py", "script.py");
    List<String> said = new ArrayList<>();
    RunningServer server = EmbeddedBusTest.embedded(options);
    Process process =
        new ProcessBuilder(
                python.program(), script.toString(), "nats://ann:pw@127.0.0.1:" + server.port())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader reader = process.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        said.add(line);
        if (line.equals("restart")) {
          server.stop();
          server = EmbeddedBusTest.embedded(options.at("127.0.0.1", server.port()));
        }
      }
    } finally {
      process.destroyForcibly();
      server.stop();
    }
    assertThat(said)
        .containsSubsequence(
            "publish_and_subscribe", "share_a_queue", "request", "large", "reconnect", "done");
  }
}
