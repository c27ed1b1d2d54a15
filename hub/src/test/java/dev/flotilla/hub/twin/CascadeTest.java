package dev.flotilla.hub.twin;

import static dev.flotilla.kernel.testing.TestFleet.id;
import static dev.flotilla.kernel.testing.TestFleet.needing;
import static dev.flotilla.kernel.testing.TestFleet.optional;
import static dev.flotilla.kernel.testing.TestFleet.plain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.kernel.testing.TestFleet;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Need;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CascadeTest {
  @Test
  void reachesAllThatNeedItHealthyRequiredFirst() {
    Fleet fleet =
        new TestFleet()
            .agent("registry", 7200)
            .agent("twin", 7220, "registry")
            .add(optional(plain("face", 5610, "registry")))
            .agent("memory", 7140, "twin")
            .agent("apart", 7999)
            .build();
    List<Effect> effects = Cascade.of(fleet, Set.of(id("registry")));
    assertThat(effects)
        .extracting(Effect::agent)
        .containsExactly(id("twin"), id("memory"), id("face"));
    assertThat(effects.get(1).path()).containsExactly(id("registry"), id("twin"), id("memory"));
    assertThat(effects.get(1).reason()).isEqualTo("needs twin healthy");
  }

  @Test
  void whoNeedsItOnlyStartedIsNotHurtByABrokenOne() {
    Fleet fleet =
        new TestFleet()
            .agent("a", 1)
            .agent("b", 2, "a")
            .add(needing(plain("c", 3), new Need.Started(), "b"))
            .add(needing(plain("d", 4), new Need.Started(), "a"))
            .build();
    assertThat(Cascade.of(fleet, Set.of(id("a"))))
        .extracting(Effect::agent)
        .containsExactly(id("b"), id("d"));
  }

  @Test
  void whoNeededItsCompletionOrALineOfItsLogRunsOn() {
    Fleet fleet =
        new TestFleet()
            .agent("migrate", 0)
            .add(needing(plain("a", 1), new Need.Completed(), "migrate"))
            .add(needing(plain("b", 2), new Need.LogLine("done"), "migrate"))
            .agent("c", 3, "a")
            .build();
    assertThat(Cascade.of(fleet, Set.of(id("migrate"))))
        .extracting(Effect::kind)
        .containsExactly(Effect.Kind.NEXT_START_WAITS, Effect.Kind.NEXT_START_WAITS);
  }

  @Test
  void theWorseOfTwoReasonsCounts() {
    Fleet fleet =
        new TestFleet()
            .agent("a", 1)
            .agent("b", 2, "a")
            .add(
                needing(
                    needing(plain("c", 3), new Need.LogLine("x"), "a"), new Need.Healthy(), "b"))
            .build();
    assertThat(Cascade.of(fleet, Set.of(id("a"))))
        .filteredOn(e -> e.agent().equals(id("c")))
        .extracting(Effect::kind)
        .containsExactly(Effect.Kind.BREAKS);
  }

  @Test
  void endsInACycle() {
    Fleet fleet = new TestFleet().agent("a", 1, "b").agent("b", 2, "a").build();
    assertThat(Cascade.of(fleet, Set.of(id("a"))))
        .extracting(Effect::agent)
        .containsExactly(id("b"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void isTheClosureOfDependentsWhenAllNeedHealth(long seed) {
    Random random = new Random(seed);
    TestFleet agents = new TestFleet();
    for (int i = 0; i < 200; i++) {
      Set<String> needs = new HashSet<>();
      for (int n = random.nextInt(4); n > 0 && i > 0; n--) {
        needs.add("a" + random.nextInt(i));
      }
      agents.agent("a" + i, 1000 + i, needs.toArray(String[]::new));
    }
    Fleet fleet = agents.build();
    AgentId failed = id("a" + random.nextInt(200));
    assertThat(Cascade.of(fleet, Set.of(failed)))
        .extracting(Effect::agent)
        .containsExactlyInAnyOrderElementsOf(
            new Dependencies(fleet)
                .dependents(failed).stream().map(Dependencies.Reached::agent).toList());
  }
}
