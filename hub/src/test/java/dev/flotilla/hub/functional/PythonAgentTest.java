package dev.flotilla.hub.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.hub.registry.ServiceRegistry;
import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.failure.OperationException;
import dev.flotilla.kernel.operation.Breakers;
import dev.flotilla.kernel.operation.BusCalls;
import dev.flotilla.kernel.testing.TestFleet;
import dev.flotilla.kernel.wire.Encoding;
import dev.flotilla.model.Messaging;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The five lines of Python join the real registry and answer calls from Java. */
@Tag("slow")
class PythonAgentTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @Test
  @Timeout(60)
  void joinsAnswersAndLeaves(@TempDir Path state) throws Exception {
    try (Foundation foundation =
        new Foundation(state, new TestFleet().machine("pc1", "127.0.0.1", 24).build())) {
      Process agent = startAgent(foundation.busUrl());
      try {
        await()
            .atMost(Duration.ofSeconds(60))
            .untilAsserted(() -> assertThat(instances(foundation)).hasSize(1));
        JsonNode instance = instances(foundation).getFirst();
        assertThat(instance.get("agent").asText()).isEqualTo("greeter");
        assertThat(instance.at("/metadata/language").asText()).isEqualTo("python");
        assertThat(instance.get("alive").asBoolean()).isTrue();
        assertThat(ask(foundation, "Greeter", "greet", Map.of("name", "Ann")).get("greeting"))
            .hasToString("\"Hello, Ann\"");
        BusCalls packed =
            new BusCalls(
                    foundation.bus(),
                    new Breakers(Messaging.Breaker.DEFAULT, Clock.systemUTC()),
                    Clock.systemUTC())
                .in(Encoding.MESSAGE_PACK);
        assertThat(packed.call("Greeter", "greet", Map.of("name", "Zoë"), JsonNode.class))
            .hasToString("{\"greeting\":\"Hello, Zoë\"}");
        assertThatThrownBy(() -> ask(foundation, "Greeter", "greet", Map.of("nam", "Ann")))
            .isInstanceOfSatisfying(
                OperationException.class,
                e -> {
                  assertThat(e.failure().kind()).isEqualTo(Failure.Kind.BAD_REQUEST);
                  assertThat(e.failure().field()).contains("nam");
                  assertThat(e.failure().advice()).isEqualTo("Did you mean name?");
                });
        agent.destroy();
        assertThat(agent.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(agent.exitValue()).isZero();
        assertThat(instances(foundation)).isEmpty();
      } finally {
        agent.destroyForcibly();
      }
    }
  }

  private static Process startAgent(String url) {
    ProcessBuilder builder =
        new ProcessBuilder("python3", ROOT.resolve("examples/python/greeter.py").toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder
        .environment()
        .putAll(
            Map.of(
                "PYTHONPATH",
                ROOT.resolve("sdk/python").toString(),
                "PYTHONDONTWRITEBYTECODE",
                "1",
                "FLOTILLA_BUS_URL",
                url,
                "FLOTILLA_AGENT",
                "greeter",
                "FLOTILLA_MACHINE",
                Foundation.MACHINE,
                "FLOTILLA_RUN_ID",
                "run-1"));
    try {
      return builder.start();
    } catch (IOException e) {
      return Assumptions.abort("python3 is not installed: " + e.getMessage());
    }
  }

  private static List<JsonNode> instances(Foundation foundation) {
    JsonNode found = ask(foundation, ServiceRegistry.NAME, "discover", Map.of("name", "greeter"));
    return found.get("instances").valueStream().toList();
  }

  private static JsonNode ask(
      Foundation foundation, String service, String operation, Map<String, Object> request) {
    return foundation.calls().call(service, operation, request, JsonNode.class);
  }
}
