package dev.flotilla.hub.twin;

import static dev.flotilla.kernel.testing.TestFleet.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.kernel.testing.TestFleet;
import org.junit.jupiter.api.Test;

class DependenciesTest {
  private final Dependencies dependencies =
      new Dependencies(
          new TestFleet()
              .agent("a", 1)
              .agent("b", 2, "a")
              .agent("c", 3, "a", "b")
              .agent("d", 4, "c", "gone")
              .build());

  @Test
  void findsAllThatAnAgentRestsOnNearestFirst() {
    assertThat(dependencies.dependencies(id("d")))
        .extracting(r -> r.agent().name() + r.distance())
        .containsExactly("c1", "gone1", "a2", "b2");
  }

  @Test
  void findsAllThatRestsOnAnAgent() {
    assertThat(dependencies.dependents(id("a")))
        .extracting(r -> r.agent().name() + r.distance())
        .containsExactly("b1", "c1", "d2");
  }

  @Test
  void anAgentThatNobodyKnowsHasNone() {
    assertThat(dependencies.dependencies(id("nobody"))).isEmpty();
  }
}
