package dev.flotilla.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentState;
import dev.flotilla.model.AgentStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class StatusTableTest {
  private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");

  @Test
  void oneRowAnAgent() {
    List<String> lines =
        StatusTable.of(
                List.of(
                    status("Registry", AgentState.HEALTHY, true, ""),
                    status("Twin", AgentState.WAITING, false, "waits for Registry")),
                NOW)
            .lines(200, false);
    assertThat(lines)
        .containsExactly(
            "AGENT     STATE      GROUP       PID  PORTS               FOR  RESTARTS  REASON",
            "Registry  ● healthy  foundation   41  7200, health 8200  12 s         0",
            "Twin      ○ waiting  foundation   41  7200, health 8200  12 s         0  waits for"
                + " Registry");
  }

  @Test
  void howLongAnAgentWaitsForItsNextStartIsCountedNow() {
    AgentStatus waiting = status("Ears", AgentState.RESTARTING, false, "exit 3");
    AgentStatus timed =
        new AgentStatus(
            waiting.id(),
            waiting.group(),
            waiting.state(),
            waiting.reason(),
            Optional.empty(),
            Map.of(),
            false,
            waiting.since(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(NOW.plusSeconds(27)),
            1,
            Optional.of("exit 3"));
    assertThat(StatusTable.of(List.of(timed), NOW).lines(200, false).getLast())
        .endsWith("optional; starts again in 27 s; exit 3");
    assertThat(StatusTable.of(List.of(timed), NOW.plusSeconds(20)).lines(200, false).getLast())
        .endsWith("optional; starts again in 7.00 s; exit 3");
    assertThat(StatusTable.of(List.of(timed), NOW.plusSeconds(27)).lines(200, false).getLast())
        .endsWith("optional; starts again now; exit 3");
  }

  @Test
  void theSummaryCountsTheGoodFirst() {
    assertThat(
            StatusTable.summary(
                List.of(
                    status("a", AgentState.FAILED, true, ""),
                    status("b", AgentState.HEALTHY, true, ""),
                    status("c", AgentState.HEALTHY, true, ""))))
        .isEqualTo("2 healthy, 1 failed");
  }

  @Test
  void aFleetIsWellWhenItsRequiredAgentsAre() {
    assertThat(
            Required.areWell(
                List.of(
                    status("a", AgentState.HEALTHY, true, ""),
                    status("b", AgentState.FAILED, false, ""))))
        .isTrue();
    assertThat(Required.areWell(List.of(status("a", AgentState.DEGRADED, true, "")))).isFalse();
    assertThat(
            Required.areWell(
                List.of(
                    status("task", AgentState.STOPPED, true, AgentStatus.COMPLETED),
                    status("lazy", AgentState.WAITING, true, AgentStatus.STARTS_ON_DEMAND))))
        .isTrue();
    assertThat(Required.areWell(List.of(status("a", AgentState.STOPPED, true, "")))).isFalse();
    assertThat(Required.areWell(List.of(status("a", AgentState.WAITING, true, "waits for b"))))
        .isFalse();
  }

  @Test
  void spansReadWell() {
    assertThat(Spans.text(Duration.ofMillis(420))).isEqualTo("0.42 s");
    assertThat(Spans.text(Duration.ofSeconds(59))).isEqualTo("59 s");
    assertThat(Spans.text(Duration.ofSeconds(185))).isEqualTo("3 min 5 s");
    assertThat(Spans.text(Duration.ofHours(30))).isEqualTo("1 d 6 h");
    assertThat(Spans.text(Duration.ofSeconds(-5))).isEqualTo("0.00 s");
  }

  @Test
  void theStartShowsWhoIsNotThereAndFitsTheScreen() {
    List<AgentStatus> agents =
        List.of(
            status("a", AgentState.HEALTHY, true, ""),
            status("b", AgentState.STARTING, true, ""),
            status("c", AgentState.WAITING, true, "waits for b to be healthy, and then some"));
    List<String> lines = StartView.lines(agents, Duration.ofMillis(400), 40, 24, false);
    assertThat(lines.getFirst()).contains("1 of 3 up").contains("0.40 s");
    assertThat(lines).hasSize(3).allSatisfy(l -> assertThat(l.length()).isLessThanOrEqualTo(40));
    assertThat(StartView.lines(agents, Duration.ZERO, 80, 5, false).getLast())
        .isEqualTo("  … and 1 more");
  }

  private static AgentStatus status(
      String name, AgentState state, boolean required, String reason) {
    Map<String, Integer> ports = new LinkedHashMap<>();
    ports.put("main", 7200);
    ports.put("health", 8200);
    return new AgentStatus(
        new AgentId(name, "main"),
        "foundation",
        state,
        reason,
        Optional.of(41L),
        ports,
        required,
        NOW.minusSeconds(12),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.empty());
  }
}
