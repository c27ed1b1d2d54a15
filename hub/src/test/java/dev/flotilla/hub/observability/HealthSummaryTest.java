package dev.flotilla.hub.observability;

import static dev.flotilla.kernel.testing.TestFleet.T0;
import static dev.flotilla.kernel.testing.TestFleet.optional;
import static dev.flotilla.kernel.testing.TestFleet.plain;
import static dev.flotilla.kernel.testing.TestFleet.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.kernel.fleet.FleetView;
import dev.flotilla.kernel.testing.TestFleet;
import dev.flotilla.model.AgentState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HealthSummaryTest {
  private static FleetView view(AgentState core, AgentState extra) {
    return FleetView.unknown("test")
        .withFleet(
            new TestFleet()
                .machine("pc1", "127.0.0.1")
                .agent("core", 1)
                .add(optional(plain("extra", 2)))
                .build())
        .withAll("pc1", List.of(status("core", core), status("extra", extra)), T0);
  }

  @Test
  void isOkWhenAllRequiredAgentsAreFine() {
    HealthSummary summary = HealthSummary.of(view(AgentState.HEALTHY, AgentState.FAILED), T0);
    assertThat(summary.ok()).isTrue();
    assertThat(summary.verdict()).isEqualTo("All required agents are fine; 1 optional one is not.");
    assertThat(summary.counts()).containsEntry("fine", 1).containsEntry("trouble", 1);
  }

  @ParameterizedTest
  @EnumSource(
      value = AgentState.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"HEALTHY", "RUNNING"})
  void isFailingInEveryOtherStateOfARequiredAgent(AgentState state) {
    assertThat(HealthSummary.of(view(state, AgentState.HEALTHY), T0).ok()).isFalse();
  }

  @Test
  void nothingIsFineThatIsTooOld() {
    HealthSummary summary =
        HealthSummary.of(
            view(AgentState.HEALTHY, AgentState.HEALTHY), T0.plus(FleetView.SILENCE).plusMillis(1));
    assertThat(summary.ok()).isFalse();
    assertThat(summary.agents()).allMatch(a -> a.stale() && !a.fine());
    assertThat(summary.counts()).containsEntry("stale", 2).containsEntry("fine", 0);
  }

  @Test
  void aFleetOfWhichNothingIsKnownIsNotOk() {
    HealthSummary summary = HealthSummary.of(FleetView.unknown("test"), T0);
    assertThat(summary.ok()).isFalse();
    assertThat(summary.verdict()).isEqualTo("The node has not been heard yet.");
  }
}
