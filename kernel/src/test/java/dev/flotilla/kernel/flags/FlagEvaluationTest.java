package dev.flotilla.kernel.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.flotilla.model.Flag;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FlagEvaluationTest {
  private static final int KEYS = 10_000;

  @Test
  void raisingAPercentageOnlyAddsKeys() {
    Random random = new Random(11);
    Set<String> before = Set.of();
    for (double percent = 0; percent <= 100; percent += 0.5 + random.nextInt(20)) {
      Set<String> now = on(flag(new Flag.Share("on", percent)));
      assertThat(now.containsAll(before)).as("at %s %%", percent).isTrue();
      before = now;
    }
    assertThat(on(flag(new Flag.Share("on", 100))).size()).isEqualTo(KEYS);
  }

  @Test
  void aShareIsAsLargeAsItSays() {
    for (double percent : new double[] {0, 1, 10, 33.3, 90, 100}) {
      assertThat(on(flag(new Flag.Share("on", percent))).size() * 100.0 / KEYS)
          .isCloseTo(percent, within(1.0));
    }
  }

  @Test
  void twoFlagsPickDifferentKeys() {
    Set<String> one = on(flag(new Flag.Share("on", 50)));
    Set<String> both = new HashSet<>(one);
    Flag other = new Flag("other", "", VARIANTS, "off", List.of(new Flag.Share("on", 50)));
    both.retainAll(on(other));
    assertThat(both.size() * 100.0 / KEYS).isCloseTo(25, within(1.5));
  }

  @Test
  void everyPlaceLiesOnTheLine() {
    for (int i = 0; i < KEYS; i++) {
      assertThat(FlagEvaluation.percent("f", "key-" + i)).isBetween(0.0, 99.999);
    }
  }

  private static final Map<String, Object> VARIANTS = Map.of("on", true, "off", false);

  private static Flag flag(Flag.Share share) {
    return new Flag("flag", "", VARIANTS, "off", List.of(share));
  }

  private static Set<String> on(Flag flag) {
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < KEYS; i++) {
      if (FlagEvaluation.variant(flag, "key-" + i).equals("on")) {
        keys.add("key-" + i);
      }
    }
    return keys;
  }
}
