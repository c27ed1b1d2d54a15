package dev.flotilla.node.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentState;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Need;
import dev.flotilla.node.Fleets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ManyAgentsTest {
  private static final int AGENTS = 1000;
  private static final int LAYERS = 7;

  @TempDir Path state;

  @Test
  void aThousandAgentsInSevenLayersStartInOrderAndAllEnd() throws IOException {
    Random random = new Random(7);
    List<Agent> agents = new ArrayList<>();
    for (int i = 0; i < AGENTS; i++) {
      int layer = i * LAYERS / AGENTS;
      List<Need> needs = new ArrayList<>();
      for (int j = 0; layer > 0 && j < 2; j++) {
        int first = (layer - 1) * AGENTS / LAYERS + 1;
        needs.add(Fleets.healthy("a" + (first + random.nextInt(AGENTS / LAYERS - 2))));
      }
      agents.add(
          Fleets.needing(
              Fleets.command("a" + i, "/bin/sleep", "1000"), needs.toArray(new Need[0])));
    }
    try (RealNode node = new RealNode(state)) {
      long start = System.nanoTime();
      node.apply(agents);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  node.supervisor.statuses().stream()
                      .allMatch(s -> s.state() == AgentState.RUNNING));
      System.out.printf("1,000 agents up in %d ms%n", (System.nanoTime() - start) / 1_000_000);
      Map<AgentId, AgentStatus> byId = new HashMap<>();
      node.supervisor.statuses().forEach(s -> byId.put(s.id(), s));
      for (Agent agent : agents) {
        for (Need need : agent.needs()) {
          assertThat(started(byId, agent.id())).isAfterOrEqualTo(started(byId, need.agent()));
        }
      }
      start = System.nanoTime();
      node.down();
      System.out.printf("and down in %d ms%n", (System.nanoTime() - start) / 1_000_000);
      assertThat(node.left()).isEmpty();
    }
  }

  private static Instant started(Map<AgentId, AgentStatus> byId, AgentId id) {
    AgentStatus status = byId.get(id);
    if (status == null) {
      throw new AssertionError("no " + id);
    }
    return status.startedAt().orElseThrow();
  }
}
