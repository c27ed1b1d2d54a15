package dev.flotilla.hub.twin;

import static dev.flotilla.kernel.testing.TestFleet.T0;
import static dev.flotilla.kernel.testing.TestFleet.optional;
import static dev.flotilla.kernel.testing.TestFleet.plain;
import static dev.flotilla.kernel.testing.TestFleet.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.kernel.fleet.FleetView;
import dev.flotilla.kernel.testing.TestFleet;
import dev.flotilla.model.AgentState;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Fleet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DriftTest {
  private final Fleet fleet =
      new TestFleet()
          .machine("pc1", "127.0.0.1")
          .add(optional(plain("extra", 1)))
          .agent("core", 2)
          .build();

  @Test
  void thereIsNoneWhenAllIsAsDesired() {
    assertThat(drift(status("extra", AgentState.HEALTHY), status("core", AgentState.RUNNING)))
        .isEmpty();
  }

  @Test
  void namesWhatIsNotAsDesiredRequiredFirst() {
    assertThat(drift(status("extra", AgentState.DEGRADED), status("core", AgentState.CRASH_LOOP)))
        .extracting(d -> d.agent().name() + " " + d.kind() + " " + d.desired() + "/" + d.observed())
        .containsExactly(
            "core NOT_RUNNING healthy/crash-loop", "extra NOT_HEALTHY healthy/degraded");
  }

  @Test
  void namesWhatRunsAndIsNotInTheManifest() {
    assertThat(
            drift(
                status("extra", AgentState.HEALTHY),
                status("core", AgentState.HEALTHY),
                status("stray", AgentState.RUNNING)))
        .extracting(Drift::kind)
        .containsExactly(Drift.Kind.UNDECLARED);
  }

  @Test
  void namesPortsThatDiffer() {
    AgentStatus other =
        new AgentStatus(
            TestFleet.id("core"),
            "core",
            AgentState.HEALTHY,
            "",
            Optional.of(1L),
            Map.of("main", 3),
            true,
            T0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0,
            Optional.empty());
    assertThat(drift(status("extra", AgentState.HEALTHY), other))
        .singleElement()
        .satisfies(
            d -> {
              assertThat(d.kind()).isEqualTo(Drift.Kind.PORTS);
              assertThat(d.desired()).isEqualTo("{main=2}");
              assertThat(d.observed()).isEqualTo("{main=3}");
            });
  }

  @Test
  void whatASilentNodeSaidIsNotBelieved() {
    FleetView view =
        FleetView.unknown("test")
            .withFleet(fleet)
            .withAll(
                "pc1",
                List.of(status("extra", AgentState.HEALTHY), status("core", AgentState.HEALTHY)),
                T0);
    assertThat(Drift.of(view, T0.plus(FleetView.SILENCE))).isEmpty();
    assertThat(Drift.of(view, T0.plus(FleetView.SILENCE).plusMillis(1)))
        .extracting(Drift::kind)
        .containsExactly(Drift.Kind.UNKNOWN, Drift.Kind.UNKNOWN);
  }

  private List<Drift> drift(AgentStatus... statuses) {
    FleetView view =
        FleetView.unknown("test").withFleet(fleet).withAll("pc1", List.of(statuses), T0);
    return Drift.of(view, T0);
  }
}
