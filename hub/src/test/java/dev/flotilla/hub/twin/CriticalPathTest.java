package dev.flotilla.hub.twin;

import static dev.flotilla.kernel.testing.TestFleet.T0;
import static dev.flotilla.kernel.testing.TestFleet.id;
import static dev.flotilla.kernel.testing.TestFleet.needing;
import static dev.flotilla.kernel.testing.TestFleet.plain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.kernel.testing.TestFleet;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Need;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CriticalPathTest {
  private final Fleet fleet =
      new TestFleet()
          .agent("registry", 1)
          .agent("quick", 2)
          .agent("twin", 3, "registry", "quick")
          .add(needing(plain("last", 4, "twin"), new Need.Started(), "quick"))
          .build();

  @Test
  void isTheChainThatEndsWithTheLastToBeReady() {
    CriticalPath path =
        CriticalPath.of(
            fleet,
            Map.of(
                id("registry"), start(0, 1000),
                id("quick"), start(0, 100),
                id("twin"), start(1010, 3000),
                id("last"), start(3020, 3500)));
    assertThat(path.steps())
        .extracting(s -> s.agent().name())
        .containsExactly("registry", "twin", "last");
    assertThat(path.steps().get(1).waited()).isEqualTo(Duration.ofMillis(10));
    assertThat(path.steps().get(1).took()).isEqualTo(Duration.ofMillis(1990));
    assertThat(path.total()).isEqualTo(Duration.ofMillis(3500));
  }

  @Test
  void isEmptyWhenNothingStarted() {
    assertThat(CriticalPath.of(fleet, Map.of()).steps()).isEmpty();
  }

  @Test
  void leavesOutANeedThatHeldOnlyAfterTheStart() {
    Map<AgentId, CriticalPath.Start> restarted =
        Map.of(
            id("registry"), start(9000, 9500),
            id("twin"), start(1000, 2000),
            id("quick"), start(0, 100));
    assertThat(CriticalPath.of(fleet, restarted).steps())
        .extracting(s -> s.agent().name())
        .containsExactly("registry");
  }

  private static CriticalPath.Start start(long startedMillis, long readyMillis) {
    return new CriticalPath.Start(
        T0.plusMillis(startedMillis), Optional.of(T0.plusMillis(readyMillis)));
  }
}
