package dev.flotilla.cli.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentState;
import dev.flotilla.model.AgentStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class OutcomeTest {
  private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");
  private static final AgentId WEB = new AgentId("Web", "here");
  private static final Faults CRASH = new Faults(Set.of(WEB), Set.of(), Set.of(), Map.of());
  private static final List<AgentStatus> ALL_WELL =
      List.of(
          status("Web", AgentState.HEALTHY, ""),
          status("Plain", AgentState.RUNNING, ""),
          status("Migrate", AgentState.STOPPED, AgentStatus.COMPLETED));

  @Test
  void allWellHasPassed() {
    Outcome outcome = Outcome.of(ALL_WELL, Faults.none(), List.of(), 0);
    assertThat(outcome.passed()).isTrue();
    assertThat(outcome.up()).isEqualTo(3);
  }

  @Test
  void aFaultThatNeverHappenedProvesNothing() {
    Outcome outcome = Outcome.of(ALL_WELL, CRASH, List.of(), 0);
    assertThat(outcome.passed()).isFalse();
    assertThat(outcome.notSeen()).containsExactly(WEB);
  }

  @Test
  void aFaultMustBeRecoveredFrom() {
    assertThat(Outcome.of(ALL_WELL, CRASH, List.of(crash(Optional.of(NOW))), 0).passed()).isTrue();
    assertThat(Outcome.of(ALL_WELL, CRASH, List.of(crash(Optional.empty())), 0).passed()).isFalse();
  }

  @Test
  void whatIsAbsentOrLeftBehindFails() {
    assertThat(Outcome.of(ALL_WELL, Faults.none(), List.of(), 1).passed()).isFalse();
    List<AgentStatus> one = List.of(status("Web", AgentState.STOPPED, ""));
    assertThat(Outcome.of(one, Faults.none(), List.of(), 0).absent()).isEqualTo(one);
  }

  private static Chronicle.Incident crash(Optional<Instant> recovered) {
    return new Chronicle.Incident(WEB, NOW, AgentState.RESTARTING, "exit 1", recovered);
  }

  private static AgentStatus status(String name, AgentState state, String reason) {
    return new AgentStatus(
        new AgentId(name, "here"),
        "default",
        state,
        reason,
        Optional.empty(),
        Map.of(),
        true,
        NOW,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.empty());
  }
}
