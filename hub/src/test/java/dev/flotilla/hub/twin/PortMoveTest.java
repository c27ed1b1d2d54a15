package dev.flotilla.hub.twin;

import static dev.flotilla.kernel.testing.TestFleet.id;
import static dev.flotilla.kernel.testing.TestFleet.plain;
import static dev.flotilla.kernel.testing.TestFleet.withConfig;
import static dev.flotilla.kernel.testing.TestFleet.withEnvironment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.kernel.testing.TestFleet;
import dev.flotilla.model.Agent;
import dev.flotilla.model.Fleet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PortMoveTest {
  @Test
  void findsWhoHasThePortWrittenDownAndNeverShowsTheValue() {
    PortMove move =
        move(
            withEnvironment(
                plain("a", 1), Map.of("MEMORY_URL", "http://user:geheim@10.0.0.1:7140/x")),
            withConfig(plain("b", 2), Map.of("memory", Map.of("port", 7140))),
            withConfig(plain("c", 3), Map.of("limit", 7140)),
            plain("d", 4));
    assertThat(move.hardWired())
        .containsExactly(
            new PortUse(id("a"), "environment MEMORY_URL", PortUse.Certainty.CERTAIN),
            new PortUse(id("b"), "config memory.port", PortUse.Certainty.CERTAIN),
            new PortUse(id("c"), "config limit", PortUse.Certainty.POSSIBLE));
    assertThat(move.toString()).doesNotContain("geheim");
  }

  @Test
  void takesNoNumberForThePortThatOnlyHoldsIt() {
    assertThat(
            move(withEnvironment(
                    plain("a", 1),
                    Map.of("X", "17140", "Y", "71400", "Z", "7140.5", "W", "1.7140")))
                .hardWired())
        .isEmpty();
  }

  @Test
  void anAddressOfAnotherMachineIsNotMeant() {
    assertThat(
            move(
                    withEnvironment(plain("a", 1), Map.of("URL", "http://10.0.0.2:7140")),
                    withEnvironment(plain("b@pc2", 2), Map.of("URL", "http://localhost:7140")))
                .hardWired())
        .isEmpty();
  }

  @Test
  void namesTheHolderOfTheNewPortOnTheSameMachineOnly() {
    PortMove move = move(plain("a", 7141), plain("b@pc2", 7141));
    assertThat(move.conflicts()).containsExactly(new PortMove.Conflict(id("a"), "main"));
    assertThat(move.followBy()).first().asString().contains("7141 is the port main of a");
  }

  private static PortMove move(Agent... others) {
    Agent memory = plain("memory", 7140);
    TestFleet agents =
        new TestFleet().machine("pc1", "10.0.0.1").machine("pc2", "10.0.0.2").add(memory);
    List.of(others).forEach(agents::add);
    Fleet fleet = agents.build();
    return PortMove.of(fleet, memory, "main", 7140, 7141);
  }
}
