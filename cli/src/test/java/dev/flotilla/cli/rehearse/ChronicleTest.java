package dev.flotilla.cli.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentState;
import dev.flotilla.model.AgentStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ChronicleTest {
  private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");
  private static final AgentId WEB = new AgentId("Web", "here");
  private final Chronicle chronicle = new Chronicle();

  @Test
  void aRestartAtOnceOfWhatHasNoProbeIsAnIncident() {
    chronicle.add(status(AgentState.RUNNING, "", Optional.of(0), 0));
    chronicle.add(status(AgentState.RUNNING, "", Optional.of(3), 1));
    assertThat(chronicle.incidents())
        .containsExactly(
            new Chronicle.Incident(
                WEB, at(3), AgentState.RESTARTING, "exit 1", Optional.of(at(3))));
  }

  @Test
  void aTaskIsReadyWhenItIsDone() {
    chronicle.add(status(AgentState.RUNNING, "", Optional.of(0), 0));
    chronicle.add(status(AgentState.STOPPED, AgentStatus.COMPLETED, Optional.empty(), 0));
    assertThat(chronicle.lastReady()).contains(at(9));
    assertThat(chronicle.incidents()).isEmpty();
  }

  @Test
  void whatNeverCameBackStaysOpen() {
    chronicle.add(status(AgentState.HEALTHY, "", Optional.of(0), 0));
    chronicle.add(status(AgentState.RESTARTING, "hung", Optional.empty(), 0));
    assertThat(chronicle.incidents()).singleElement().matches(i -> i.recovered().isEmpty());
    assertThat(chronicle.recovered()).isEmpty();
  }

  private static Instant at(int second) {
    return START.plus(Duration.ofSeconds(second));
  }

  /** Seen nine seconds after the start of the rehearsal. */
  private static AgentStatus status(
      AgentState state, String reason, Optional<Integer> started, int restarts) {
    return new AgentStatus(
        WEB,
        "default",
        state,
        reason,
        Optional.of(41L),
        Map.of(),
        true,
        at(9),
        started.map(ChronicleTest::at),
        Optional.empty(),
        Optional.empty(),
        restarts,
        restarts == 0 ? Optional.empty() : Optional.of("exit 1"));
  }
}
