package dev.flotilla.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PublicFleetTest {
  @Test
  void leavesOnlyAddressesAndPortsOfTheEnvironment() {
    Agent shown =
        shown(
            List.of("run"),
            Map.of(
                "URL", "http://user:geheim@10.0.0.1:7140/path?x=geheim",
                "PORT", "7140",
                "API_KEY", "12345",
                "NAME", "geheim"),
            Map.of());
    assertThat(shown.environment())
        .containsEntry("URL", "10.0.0.1:7140")
        .containsEntry("PORT", "7140")
        .containsEntry("API_KEY", "•••")
        .containsEntry("NAME", "•••");
  }

  @Test
  void hidesSecretsInConfigurationAndArguments() {
    Agent shown =
        shown(
            List.of("run", "--api-key", "geheim", "--token=geheim", "--monkey", "visible"),
            Map.of(),
            Map.of(
                "redis",
                Map.of(
                    "password", "geheim", "url", "redis://:geheim@localhost:6379", "port", 6379)));
    assertThat(shown.toString()).doesNotContain("geheim").contains("visible", "localhost:6379");
    assertThat(shown.config().toString()).contains("port=6379");
  }

  private static Agent shown(
      List<String> argv, Map<String, String> environment, Map<String, Object> config) {
    Agent agent =
        new Agent(
            new AgentId("a", "pc1"),
            "g",
            Optional.empty(),
            new Launch.Command(argv, "/srv"),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Limits.NONE,
            Restart.DEFAULT,
            StopPolicy.DEFAULT,
            true,
            false,
            environment,
            config,
            Optional.empty(),
            new Position("fleet.yaml", 1, 1));
    Fleet fleet =
        new Fleet(
            "f",
            "",
            0,
            Optional.empty(),
            Map.of(),
            Map.of(),
            Map.of(agent.id(), agent),
            Map.of(),
            Map.of(),
            List.of());
    return PublicFleet.of(fleet).agents().values().iterator().next();
  }
}
