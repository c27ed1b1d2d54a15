package dev.flotilla.assistant.models.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReuseTest {
  private static Reuse after(String requests) {
    Reuse reuse = Reuse.NOTHING;
    for (String model : requests.split("")) {
      reuse = reuse.wanted(model);
    }
    return reuse;
  }

  @Test
  void whatWasNeverWantedIsNotExpected() {
    assertThat(Reuse.NOTHING.likelihood("a")).isZero();
    assertThat(after("aab").likelihood("c")).isZero();
  }

  @Test
  void whatIsWantedMoreOftenIsExpectedSooner() {
    Reuse reuse = after("aabaacaabaacaab");
    assertThat(reuse.likelihood("a")).isGreaterThan(reuse.likelihood("b"));
    assertThat(reuse.likelihood("b")).isGreaterThan(reuse.likelihood("d"));
  }

  @Test
  void ofModelsInTurnTheNextOneIsExpectedSoonest() {
    Reuse reuse = after("aaaaaaaabbbbbbbbcccccccc".repeat(6) + "aaaaaaaabbbb");
    assertThat(reuse.likelihood("c"))
        .as("a has just had its turn, however recently and often it was wanted")
        .isGreaterThan(reuse.likelihood("a"));
  }

  @Test
  void whatStaysAwayLongerThanEverIsHardlyExpected() {
    Reuse reuse = after("aa" + "bc".repeat(100));
    assertThat(reuse.likelihood("a")).isLessThan(reuse.likelihood("b") / 4);
  }

  @Test
  void likelihoodsAreShares() {
    Random random = new Random(1);
    Reuse reuse = Reuse.NOTHING;
    for (int i = 0; i < 500; i++) {
      reuse = reuse.wanted("m" + random.nextInt(1 + random.nextInt(6)));
      for (String model : List.of("m0", "m1", "m5", "other")) {
        assertThat(reuse.likelihood(model)).isBetween(0.0, 1.0);
      }
    }
  }
}
