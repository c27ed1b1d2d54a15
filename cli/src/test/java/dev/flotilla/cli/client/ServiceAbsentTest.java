package dev.flotilla.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentState;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Problem;
import dev.flotilla.model.Result;
import dev.flotilla.model.manifest.LoadOptions;
import dev.flotilla.model.manifest.ManifestLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServiceAbsentTest {
  @Test
  void aFleetWithoutItIsToldWhatToAddAndWhere() {
    Problem problem = problem("Other: {command: sleep 9}", AgentState.RUNNING, "").orElseThrow();
    assertThat(problem.found()).isEqualTo("the fleet \"work\" runs without AsyncProcessor");
    assertThat(problem.expected()).isEqualTo("an agent with service: AsyncProcessor");
    assertThat(problem.advice())
        .isEqualTo(
            "Add AsyncProcessor: {service: AsyncProcessor} to the agents of /srv/fleet.yaml, then:"
                + " flotilla up");
  }

  @Test
  void oneThatIsStoppedIsStartedByItsOwnName() {
    Problem problem =
        problem("Jobs: {service: AsyncProcessor}", AgentState.STOPPED, "").orElseThrow();
    assertThat(problem.found()).isEqualTo("Jobs, the fleet's AsyncProcessor, is stopped");
    assertThat(problem.advice()).isEqualTo("Start it: flotilla start Jobs");
  }

  @Test
  void oneThatDoesNotComeUpIsNamedWithItsReason() {
    Problem problem =
        problem(
                "AsyncProcessor: {service: AsyncProcessor}",
                AgentState.CRASH_LOOP,
                "crash loop: 5 ends in 9.0 s, last exit 1")
            .orElseThrow();
    assertThat(problem.found())
        .isEqualTo("AsyncProcessor does not run: crash loop: 5 ends in 9.0 s, last exit 1");
    assertThat(problem.advice()).isEqualTo("See why: flotilla logs AsyncProcessor");
  }

  @Test
  void ofOneThatRunsNothingIsSaid() {
    assertThat(problem("Jobs: {service: AsyncProcessor}", AgentState.HEALTHY, "")).isEmpty();
  }

  private static Optional<Problem> problem(String agent, AgentState state, String reason) {
    Fleet fleet = fleet("fleet: work\nagents:\n  " + agent + "\n");
    AgentId id = fleet.agents().keySet().iterator().next();
    AgentStatus status =
        new AgentStatus(
            id,
            "default",
            state,
            reason,
            Optional.empty(),
            Map.of(),
            true,
            Instant.EPOCH,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0,
            Optional.empty());
    return ServiceAbsent.why(
            "AsyncProcessor", fleet, List.of(status), Optional.of("/srv/fleet.yaml"))
        .map(CommandFailure::problems)
        .map(List::getFirst);
  }

  private static Fleet fleet(String yaml) {
    return switch (ManifestLoader.load(
        "fleet.yaml",
        yaml.getBytes(StandardCharsets.UTF_8),
        Path.of("/srv"),
        LoadOptions.of(Map.of()))) {
      case Result.Ok<Fleet>(Fleet read, var warnings) -> read;
      case Result.Failed<Fleet>(var problems) -> throw new AssertionError(problems.toString());
    };
  }
}
