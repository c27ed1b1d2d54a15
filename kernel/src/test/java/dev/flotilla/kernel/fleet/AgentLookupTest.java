package dev.flotilla.kernel.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.AgentId;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentLookupTest {
  private static final AgentId MEMORY = new AgentId("MemoryAgent", "pc1");
  private static final AgentId RESPONDER = new AgentId("Responder", "pc1");
  private static final AgentId RESPONDER_2 = new AgentId("Responder", "pc2");
  private static final List<AgentId> KNOWN = List.of(MEMORY, RESPONDER, RESPONDER_2);

  @Test
  void findsAnySpelling() {
    assertThat(AgentLookup.of("memory_agent", KNOWN)).isEqualTo(new AgentLookup.Found(MEMORY));
    assertThat(AgentLookup.of("responder@pc2", KNOWN))
        .isEqualTo(new AgentLookup.Found(RESPONDER_2));
  }

  @Test
  void asksWhichOneWhenTwoHaveTheName() {
    assertThat(AgentLookup.of("Responder", KNOWN))
        .isInstanceOfSatisfying(
            AgentLookup.NotFound.class,
            n -> assertThat(n.found()).contains("Responder@pc1", "Responder@pc2"));
  }

  @Test
  void proposesTheNearestNames() {
    assertThat(AgentLookup.of("MemoryAgnt", KNOWN))
        .isInstanceOfSatisfying(
            AgentLookup.NotFound.class, n -> assertThat(n.expected()).contains("MemoryAgent@pc1"));
    assertThat(AgentLookup.of("??", KNOWN)).isInstanceOf(AgentLookup.NotFound.class);
  }
}
