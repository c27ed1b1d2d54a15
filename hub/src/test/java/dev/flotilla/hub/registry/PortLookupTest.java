package dev.flotilla.hub.registry;

import static dev.flotilla.kernel.testing.TestFleet.T0;
import static dev.flotilla.kernel.testing.TestFleet.id;
import static dev.flotilla.kernel.testing.TestFleet.plain;
import static dev.flotilla.kernel.testing.TestFleet.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.kernel.testing.TestFleet;
import dev.flotilla.model.AgentState;
import dev.flotilla.model.Fleet;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PortLookupTest {
  private final Fleet fleet =
      new TestFleet()
          .machine("pc1", "10.0.0.1")
          .machine("pc2", "10.0.0.2")
          .agent("MemoryAgent", 7140)
          .agent("Responder", 7100)
          .add(plain("Responder@pc2", 7101))
          .build();

  private final Directory directory =
      Directory.of(
          Registry.EMPTY,
          T0,
          fleet,
          Map.of(id("MemoryAgent"), status("MemoryAgent", AgentState.HEALTHY)));

  @Test
  void findsASupervisedAgentInAnySpelling() {
    assertThat(port("MEMORY_AGENT", ""))
        .isInstanceOfSatisfying(
            PortAnswer.Found.class,
            f -> {
              assertThat(f.port()).isEqualTo(7140);
              assertThat(f.target().alive()).isTrue();
              assertThat(f.target().address()).isEqualTo("10.0.0.1");
              assertThat(f.target().source()).isEqualTo(Target.Source.NODE);
            });
  }

  @Test
  void knowsThePortOfAnAgentThatDoesNotRunYet() {
    assertThat(port("responder@pc2", ""))
        .isInstanceOfSatisfying(
            PortAnswer.Found.class,
            f -> {
              assertThat(f.port()).isEqualTo(7101);
              assertThat(f.target().alive()).isFalse();
            });
  }

  @Test
  void asksForTheMachineWhereTwoHaveTheName() {
    assertThat(port("responder", ""))
        .isInstanceOfSatisfying(
            PortAnswer.NotFound.class,
            n -> assertThat(n.found()).contains("Responder@pc1", "Responder@pc2"));
    assertThat(port("responder", "pc2"))
        .isInstanceOfSatisfying(PortAnswer.Found.class, f -> assertThat(f.port()).isEqualTo(7101));
  }

  @Test
  void proposesNamesForAnUnknownOne() {
    assertThat(port("MEMORY_AGNT", ""))
        .isInstanceOfSatisfying(
            PortAnswer.NotFound.class, n -> assertThat(n.expected()).contains("MemoryAgent"));
    assertThat(port("--", "")).isInstanceOf(PortAnswer.NotFound.class);
  }

  @Test
  void whatAnInstanceSaysItselfGoesBeforeTheManifest() {
    Registration own =
        new Registration(
            "MemoryAgent",
            id("MemoryAgent"),
            "r1",
            "10.0.0.1",
            Map.of("health", 7999, "main", 7998),
            java.util.List.of(),
            Map.of(),
            false,
            Registration.DEFAULT_LEASE);
    Directory with =
        Directory.of(
            ((Outcome.Accepted) Registry.EMPTY.register(own, T0)).next(), T0, fleet, Map.of());
    PortLookup lookup = new PortLookup(with);
    assertThat(lookup.port("memory-agent", Optional.empty(), Optional.empty()))
        .isInstanceOfSatisfying(PortAnswer.Found.class, f -> assertThat(f.port()).isEqualTo(7998));
    assertThat(lookup.port("MEMORY_AGENT_HEALTH", Optional.empty(), Optional.empty()))
        .isInstanceOfSatisfying(PortAnswer.Found.class, f -> assertThat(f.port()).isEqualTo(7999));
    assertThat(lookup.port("memory-agent", Optional.of("metrics"), Optional.empty()))
        .isInstanceOfSatisfying(
            PortAnswer.NotFound.class, n -> assertThat(n.expected()).contains("metrics"));
  }

  private PortAnswer port(String name, String machine) {
    return new PortLookup(directory)
        .port(name, Optional.empty(), machine.isEmpty() ? Optional.empty() : Optional.of(machine));
  }
}
