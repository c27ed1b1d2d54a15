package dev.flotilla.bus.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.bus.embedded.Login;
import dev.flotilla.bus.embedded.ServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The Python SDK's own tests, against the embedded server. */
class PythonSdkTest {
  /** Of the seed that the SDK's own test has, the bytes 0 to 31. */
  private static final String PUBLIC_KEY =
      "UAB2CB576PHBBPQ5ODORRZ2LYCMWPZGWGCN2KDK7DXOIMZASKUY3RLKK";

  @Test
  @Timeout(120)
  void itsTestsPass() throws Exception {
    Python python = Python.orSkip();
    ServerOptions byToken = ServerOptions.local().withLogins(new Login.Token("s3cret"));
    ServerOptions byKey = ServerOptions.local().withLogins(new Login.NKey(PUBLIC_KEY));
    try (RunningServer server = EmbeddedBusTest.embedded(byToken);
        RunningServer keyed = EmbeddedBusTest.embedded(byKey)) {
      Python.Outcome outcome =
          python.run(
              Path.of("..", "sdk", "python"),
              Map.of(
                  "FLOTILLA_TEST_BUS_URL",
                  "nats://s3cret@127.0.0.1:" + server.port(),
                  "FLOTILLA_TEST_NKEY_URL",
                  "nats://127.0.0.1:" + keyed.port()),
              List.of("-m", "unittest", "discover", "-t", ".", "-s", "tests"));
      assertThat(outcome.exit()).as(outcome.output()).isZero();
      assertThat(outcome.output()).contains("OK").doesNotContain("skipped");
    }
  }

  @Test
  @Tag("slow")
  @Timeout(60)
  void itSpeaksTls(@TempDir Path folder) throws Exception {
    Python python = Python.orSkip();
    TestTls tls = TestTls.make(folder);
    Path certificate = Files.writeString(folder.resolve("cert.pem"), tls.certificatePem());
    String script =
        """
        import ssl, sys
        from flotilla import Bus, Disconnected
        url, certificate = sys.argv[1:]
        with Bus(url, tls=ssl.create_default_context(cafile=certificate)) as bus:
            bus.subscribe("ask", lambda m: bus.publish(m.reply, m.data * 2))
            assert bus.request("ask", b"ab" * 100_000).data == b"ab" * 200_000
        try:
            Bus(url)
            raise AssertionError("an unknown certificate was trusted")
        except Disconnected as error:
            assert "certificate" in str(error), error
        """;
    ServerOptions options =
        ServerOptions.local().withTls(tls.context()).withLogins(new Login.Token("s3cret"));
    try (RunningServer server = EmbeddedBusTest.embedded(options)) {
      Python.Outcome outcome =
          python.run(
              Path.of("..", "sdk", "python"),
              Map.of(),
              List.of(
                  "-c", script, "tls://s3cret@127.0.0.1:" + server.port(), certificate.toString()));
      assertThat(outcome.exit()).as(outcome.output()).isZero();
    }
  }
}
