package dev.flotilla.cli.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NearestTest {
  private static final List<String> COMMANDS = List.of("up", "down", "status", "start", "stop");

  @Test
  void aSlipIsUnderstood() {
    assertThat(Nearest.to("staus", COMMANDS)).hasValue("status");
    assertThat(Nearest.to("sotp", COMMANDS)).hasValue("stop");
    assertThat(Nearest.to("DOWN", COMMANDS)).hasValue("down");
  }

  @Test
  void aStrangerIsNot() {
    assertThat(Nearest.to("frobnicate", COMMANDS)).isEmpty();
  }

  @Test
  void aSwapOfNeighboursCountsOnce() {
    assertThat(Nearest.distance("stauts", "status")).isEqualTo(1);
    assertThat(Nearest.distance("", "up")).isEqualTo(2);
  }
}
