package dev.flotilla.bus.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.bus.embedded.Login;
import dev.flotilla.bus.embedded.ServerOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The Python SDK's own tests, against the embedded server. */
class PythonSdkTest {
  @Test
  @Timeout(120)
  void itsTestsPass() throws Exception {
    Python python = Python.orSkip();
    try (RunningServer server =
        EmbeddedBusTest.embedded(ServerOptions.local().withLogins(new Login.Token("s3cret")))) {
      Python.Outcome outcome =
          python.run(
              Path.of("..", "sdk", "python"),
              Map.of("FLOTILLA_TEST_BUS_URL", "nats://s3cret@127.0.0.1:" + server.port()),
              List.of("-m", "unittest", "discover", "-t", ".", "-s", "tests"));
      assertThat(outcome.exit()).as(outcome.output()).isZero();
      assertThat(outcome.output()).contains("OK").doesNotContain("skipped");
    }
  }
}
