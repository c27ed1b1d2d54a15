package dev.flotilla.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Need;
import dev.flotilla.model.Probe;
import dev.flotilla.node.core.Action;
import dev.flotilla.node.core.Pace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who starts first when there are fewer turns than agents; each start takes one round. */
class StartQueueTest {
  private static final Probe.Check CHECK = new Probe.Tcp("127.0.0.1", 1);
  private static final Duration LONG = Duration.ofHours(1);

  private static Agent probed(String name, Need... needs) {
    return Fleets.needing(Fleets.alive(Fleets.command(name, "x"), CHECK), needs);
  }

  @Test
  void aChainAtTheEndOfTheManifestIsNotKeptWaitingByThoseNobodyNeeds() {
    List<Agent> agents = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      agents.add(probed("single" + i));
    }
    for (int i = 0; i < 6; i++) {
      agents.add(i == 0 ? probed("link0") : probed("link" + i, Fleets.healthy("link" + (i - 1))));
    }
    // Eighteen starts, three at once: six rounds, which is also the chain's length.
    assertThat(rounds(agents, 3)).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theLongestChainGoesFirstAndTheOrderOfTheManifestDecidesAmongEquals(long seed) {
    Random random = new Random(seed);
    int atOnce = 1 + random.nextInt(5);
    List<Agent> agents = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Set<String> needs = new HashSet<>();
      for (int n = random.nextInt(3); n > 0 && i > 0; n--) {
        needs.add("a" + random.nextInt(i));
      }
      agents.add(probed("a" + i, needs.stream().map(Fleets::healthy).toArray(Need[]::new)));
    }
    Map<AgentId, Integer> chains = chains(agents);
    ScriptedFleet fleet = new ScriptedFleet(new Pace(atOnce, LONG), seed);
    fleet.apply(agents);
    Set<AgentId> up = new HashSet<>();
    while (up.size() < agents.size()) {
      List<AgentId> starting =
          fleet.processes.keySet().stream().filter(id -> !up.contains(id)).toList();
      assertThat(starting).hasSizeLessThanOrEqualTo(atOnce).isNotEmpty();
      for (Agent kept : waiting(fleet, agents, up)) {
        Action last = fleet.actions.getLast();
        assertThat(chains.get(kept.id()))
            .as(kept.id() + " waits while " + last.agent() + " starts")
            .isLessThanOrEqualTo(chains.get(last.agent()));
      }
      AgentId next = starting.get(random.nextInt(starting.size()));
      up.add(next);
      fleet.up(next.name());
    }
  }

  /** Those that could start and have no turn. */
  private static List<Agent> waiting(ScriptedFleet fleet, List<Agent> agents, Set<AgentId> up) {
    return agents.stream()
        .filter(agent -> !fleet.processes.containsKey(agent.id()))
        .filter(agent -> agent.needs().stream().allMatch(need -> up.contains(need.agent())))
        .toList();
  }

  /** The length of the longest chain that begins at each agent. */
  private static Map<AgentId, Integer> chains(List<Agent> agents) {
    Map<AgentId, Integer> chains = new HashMap<>();
    for (Agent agent : agents.reversed()) {
      int length = chains.merge(agent.id(), 1, Math::max);
      agent.needs().forEach(need -> chains.merge(need.agent(), length + 1, Math::max));
    }
    return chains;
  }

  private static int rounds(List<Agent> agents, int atOnce) {
    ScriptedFleet fleet = new ScriptedFleet(new Pace(atOnce, LONG), 1);
    fleet.apply(agents);
    int rounds = 0;
    for (int up = 0; up < agents.size(); rounds++) {
      List<String> starting =
          fleet.processes.values().stream()
              .filter(process -> !process.started)
              .map(process -> process.agent.id().name())
              .toList();
      starting.forEach(fleet::started);
      starting.forEach(fleet::ready);
      up += starting.size();
    }
    return rounds;
  }
}
