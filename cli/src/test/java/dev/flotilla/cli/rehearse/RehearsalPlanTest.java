package dev.flotilla.cli.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cli.standin.Role;
import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Launch;
import dev.flotilla.model.Probe;
import dev.flotilla.model.Result;
import dev.flotilla.model.manifest.LoadOptions;
import dev.flotilla.model.manifest.ManifestLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class RehearsalPlanTest {
  private static final String MANIFEST =
      """
      fleet: two
      machines:
        mainpc: {address: 192.168.100.16}
        pc2: {address: 192.168.100.17}
      groups:
        core: mainpc
        relay: pc2
      agents:
        Registry: {group: core, command: registry, port: 7200, ports: {health: 8200},
                   health: {http: /health, port: 8200, interval: 30s}, lazy: true}
        Migrate: {group: core, command: migrate, needs: [Registry]}
        Errors:
          group: relay
          command: errors
          port: 7200
          needs:
            Registry: {log: "I am here"}
            Migrate: completed
      """;

  private final Fleet fleet = fleet();
  private final Map<AgentId, Role> roles = new HashMap<>();

  @Test
  void everyAgentHasAStandInAtItsMachinesAddress() {
    Map<AgentId, Agent> agents = plan(Faults.none());
    Agent registry = agent(agents, "Registry", "mainpc");
    assertThat(registry.ports()).containsEntry("main", 27200).containsEntry("health", 28200);
    assertThat(registry.liveness().map(Probe::check))
        .contains(new Probe.Http("127.0.1.1", 28200, "/health"));
    assertThat(registry.liveness().map(Probe::interval)).contains(Duration.ofMillis(500));
    assertThat(registry.lazy()).isFalse();
    assertThat(role("Registry").listen())
        .containsExactlyInAnyOrder("127.0.1.1:27200", "127.0.1.1:28200");
    assertThat(role("Errors").listen()).containsExactly("127.0.1.2:27200");
    assertThat(agents.values()).allMatch(a -> a.launch() instanceof Launch.Command);
  }

  @Test
  void whatOthersWaitForIsSaidAndDone() {
    plan(Faults.none());
    assertThat(role("Registry").say()).contains("I am here");
    assertThat(role("Migrate").ends()).isTrue();
    assertThat(role("Registry").ends()).isFalse();
  }

  @Test
  void chosenOnesFail() {
    AgentId registry = new AgentId("Registry", "mainpc");
    AgentId errors = new AgentId("Errors", "pc2");
    plan(
        new Faults(
            Set.of(registry), Set.of(), Set.of(errors), Map.of(registry, Duration.ofSeconds(5))));
    assertThat(role("Registry").fault()).isEqualTo(Role.Fault.CRASH);
    assertThat(role("Registry").startMillis()).isEqualTo(5000);
    assertThat(role("Registry").once()).endsWith("Registry@mainpc.once");
    assertThat(role("Errors").fault()).isEqualTo(Role.Fault.HANG);
  }

  @Test
  void oneSeedGivesOneRehearsal() {
    plan(Faults.none());
    Map<AgentId, Role> first = Map.copyOf(roles);
    plan(Faults.none());
    assertThat(roles).isEqualTo(first);
  }

  @Test
  void theOffsetKeepsPortsInRangeAndFree() {
    assertThat(Stage.freeOffset(fleet, port -> true)).hasValue(20_000);
    assertThat(Stage.freeOffset(fleet, port -> port != 28_200)).hasValue(15_000);
    assertThat(Stage.freeOffset(fleet, port -> false)).isEqualTo(OptionalInt.empty());
  }

  @Test
  void startTimesAreRead() {
    assertThat(StartTimes.parse("0.2s")).contains(times(200, 200));
    assertThat(StartTimes.parse("100ms-2s")).contains(times(100, 2000));
    assertThat(StartTimes.parse("1-2")).contains(times(1000, 2000));
    assertThat(StartTimes.parse("2s-1s")).isEmpty();
    assertThat(StartTimes.parse("soon")).isEmpty();
  }

  private static StartTimes times(long from, long to) {
    return new StartTimes(Duration.ofMillis(from), Duration.ofMillis(to));
  }

  private Map<AgentId, Agent> plan(Faults faults) {
    roles.clear();
    RehearsalPlan plan =
        new RehearsalPlan(
            fleet,
            Stage.of(fleet, 20_000, true),
            faults,
            StartTimes.USUAL,
            new SplittableRandom(7),
            Path.of("/marks"),
            role -> role.arguments());
    Map<AgentId, Agent> agents = plan.agents();
    agents.forEach(
        (id, agent) -> {
          if (agent.launch() instanceof Launch.Command command) {
            roles.put(id, read(command));
          }
        });
    return agents;
  }

  private static Role read(Launch.Command command) {
    return Role.of(command.argv());
  }

  private Role role(String name) {
    return roles.entrySet().stream()
        .filter(e -> e.getKey().name().equals(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }

  private static Agent agent(Map<AgentId, Agent> agents, String name, String machine) {
    return Objects.requireNonNull(agents.get(new AgentId(name, machine)));
  }

  private static Fleet fleet() {
    Result<Fleet> read =
        ManifestLoader.load(
            "fleet.yaml",
            MANIFEST.getBytes(StandardCharsets.UTF_8),
            Path.of("/"),
            new LoadOptions(Map.of(), Optional.empty(), Optional.empty()));
    return switch (read) {
      case Result.Ok<Fleet>(Fleet fleet, var warnings) -> fleet;
      case Result.Failed<Fleet>(var problems) -> throw new AssertionError(problems.toString());
    };
  }
}
