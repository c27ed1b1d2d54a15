package dev.flotilla.hub.twin;

import static dev.flotilla.kernel.testing.TestFleet.T0;
import static dev.flotilla.kernel.testing.TestFleet.id;
import static dev.flotilla.kernel.testing.TestFleet.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.AgentState;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusHistoryTest {
  private final StatusHistory history = new StatusHistory(3);

  @Test
  void tellsWhatWasAtATime() {
    add(0, "a", AgentState.STARTING);
    add(1, "a", AgentState.HEALTHY);
    add(2, "b", AgentState.STARTING);
    assertThat(history.at(T0.plusSeconds(1)).values())
        .extracting(s -> s.id().name() + s.state())
        .containsExactly("aHEALTHY");
    assertThat(history.at(T0.minusSeconds(1))).isEmpty();
  }

  @Test
  void foldsTheOldestWhenThereAreTooMany() {
    for (int i = 0; i < 10; i++) {
      add(i, "a", i % 2 == 0 ? AgentState.STARTING : AgentState.HEALTHY);
    }
    assertThat(history.moments()).hasSize(4);
    assertThat(history.begins()).contains(T0.plusSeconds(6));
    assertThat(history.latest(Optional.empty(), Optional.empty(), 100)).hasSize(3);
  }

  @Test
  void isTheSameAfterItWasWrittenAndRead() {
    for (int i = 0; i < 10; i++) {
      add(i, i % 3 == 0 ? "a" : "b", i % 2 == 0 ? AgentState.STARTING : AgentState.HEALTHY);
    }
    StatusHistory again = new StatusHistory(3);
    history.moments().forEach(again::add);
    assertThat(again.at(T0.plusSeconds(100))).isEqualTo(history.at(T0.plusSeconds(100)));
    assertThat(again.latest(Optional.empty(), Optional.empty(), 2))
        .isEqualTo(history.latest(Optional.empty(), Optional.empty(), 2));
  }

  @Test
  void whatSaysNothingNewIsNoChange() {
    assertThat(add(0, "a", AgentState.HEALTHY)).isTrue();
    assertThat(add(1, "a", AgentState.HEALTHY)).isFalse();
  }

  @Test
  void givesTheLatestOfOneAgentSinceATime() {
    add(0, "a", AgentState.STARTING);
    add(1, "b", AgentState.STARTING);
    add(2, "a", AgentState.HEALTHY);
    assertThat(history.latest(Optional.of(id("a")), Optional.of(T0.plusSeconds(1)), 9))
        .extracting(m -> m.status().state())
        .containsExactly(AgentState.HEALTHY);
  }

  private boolean add(int seconds, String agent, AgentState state) {
    return history.add(new StatusHistory.Moment(T0.plusSeconds(seconds), status(agent, state)));
  }
}
