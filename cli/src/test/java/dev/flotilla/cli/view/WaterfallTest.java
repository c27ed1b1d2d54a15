package dev.flotilla.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cli.screen.Text;
import dev.flotilla.model.AgentId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class WaterfallTest {
  private static final Instant ZERO = Instant.parse("2026-01-01T10:00:00Z");
  private static final AgentId FIRST = new AgentId("First", "m");
  private static final AgentId SECOND = new AgentId("Second", "m");

  private static final List<Waterfall.Bar> BARS =
      List.of(
          new Waterfall.Bar(SECOND, ZERO.plusMillis(500), Optional.of(ZERO.plusMillis(1000))),
          new Waterfall.Bar(FIRST, ZERO, Optional.of(ZERO.plusMillis(500))));

  @Test
  void barsStandWhereTheirTimeIs() {
    List<String> lines = Waterfall.lines(BARS, Set.of(SECOND), ZERO.plusMillis(1000), 40, false);
    assertThat(lines.subList(1, 3))
        .containsExactly(
            "First    ▒▒▒▒▒▒▒▒▒▒             0.50 s", "Second ◆           ██████████   0.50 s");
    assertThat(lines.getFirst()).contains("0.00 s").endsWith("1.00 s");
    assertThat(lines).allSatisfy(line -> assertThat(Text.width(line)).isLessThanOrEqualTo(40));
  }

  @Test
  void whoWasNeverReadySaysSo() {
    assertThat(
            Waterfall.lines(
                    List.of(new Waterfall.Bar(FIRST, ZERO, Optional.empty())),
                    Set.of(),
                    ZERO.plusSeconds(1),
                    80,
                    false)
                .getLast())
        .endsWith("never ready");
  }

  @Test
  void nothingGivesNothing() {
    assertThat(Waterfall.lines(List.of(), Set.of(), ZERO, 80, false)).isEmpty();
  }
}
