package dev.flotilla.model.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.AgentId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DependencyGraphTest {

  @Test
  void closuresLayersAndCriticalPath() {
    DependencyGraph graph = graph("a", "b:a", "c:a", "d:b,c", "e:d", "f");

    assertThat(names(graph.dependencies(id("d")))).containsExactly("b", "c", "a");
    assertThat(names(graph.dependents(id("a")))).containsExactly("b", "c", "d", "e");
    StartOrder order = StartOrder.of(graph);
    assertThat(order.layers().stream().map(DependencyGraphTest::names))
        .containsExactly(List.of("a", "f"), List.of("b", "c"), List.of("d"), List.of("e"));
    StartOrder.CriticalPath path =
        order.criticalPath(
            graph,
            Map.of(
                id("a"), Duration.ofMillis(100),
                id("b"), Duration.ofMillis(10),
                id("c"), Duration.ofMillis(30),
                id("d"), Duration.ofMillis(5),
                id("f"), Duration.ofMillis(120)));
    assertThat(names(path.agents())).containsExactly("a", "c", "d");
    assertThat(path.total()).isEqualTo(Duration.ofMillis(135));
  }

  @Test
  void eachCycleIsNamedOnce() {
    DependencyGraph graph =
        graph("start", "a:b,start", "b:c", "c:a", "x:y", "y:x", "z:y", "self:self");
    assertThat(graph.cycles().stream().map(DependencyGraphTest::names))
        .containsExactly(List.of("a", "b", "c"), List.of("x", "y"), List.of("self"));
    assertThat(StartOrder.of(graph).flat()).containsExactly(id("start"));
  }

  @Test
  void twoCyclesThroughOneAgentAreBothNamed() {
    assertThat(graph("a:b,c", "b:a", "c:a").cycles().stream().map(DependencyGraphTest::names))
        .containsExactly(List.of("a", "b"), List.of("a", "c"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void inARandomGraphEachAgentComesAfterWhatItNeeds(long seed) {
    Random random = new Random(seed);
    Map<AgentId, Set<AgentId>> needs = randomDag(random, 1 + random.nextInt(200));
    DependencyGraph graph = DependencyGraph.of(needs);

    assertThat(graph.cycles()).isEmpty();
    List<AgentId> flat = StartOrder.of(graph).flat();
    assertThat(flat).containsExactlyInAnyOrderElementsOf(needs.keySet());
    Map<AgentId, Integer> place = new HashMap<>();
    flat.forEach(id -> place.put(id, place.size()));
    needs.forEach(
        (id, targets) ->
            targets.forEach(target -> assertThat(place.get(target)).isLessThan(place.get(id))));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void everyNamedCycleIsOneAndWithoutThemThereIsNone(long seed) {
    Random random = new Random(seed);
    Map<AgentId, Set<AgentId>> needs = randomDag(random, 60);
    List<AgentId> all = new ArrayList<>(needs.keySet());
    for (int i = 0; i < 1 + random.nextInt(4); i++) {
      AgentId from = all.get(random.nextInt(all.size()));
      needs
          .computeIfAbsent(from, id -> new LinkedHashSet<>())
          .add(all.get(random.nextInt(all.size())));
    }
    DependencyGraph graph = DependencyGraph.of(needs);

    for (List<AgentId> cycle : graph.cycles()) {
      for (int i = 0; i < cycle.size(); i++) {
        assertThat(needs.get(cycle.get(i))).contains(cycle.get((i + 1) % cycle.size()));
      }
      needs.computeIfPresent(
          cycle.getLast(),
          (id, targets) -> {
            targets.remove(cycle.getFirst());
            return targets;
          });
    }
    DependencyGraph broken = DependencyGraph.of(needs);
    assertThat(broken.cycles()).isEmpty();
    assertThat(StartOrder.of(broken).flat()).hasSize(60);
  }

  @Test
  void aChainOfTenThousandIsNoProblem() {
    Map<AgentId, Set<AgentId>> needs = new LinkedHashMap<>();
    for (int i = 0; i < 10_000; i++) {
      needs.put(id("n" + i), i == 0 ? new LinkedHashSet<>() : Set.of(id("n" + (i - 1))));
    }
    assertThat(StartOrder.of(DependencyGraph.of(needs)).layers()).hasSize(10_000);
    needs.put(id("n0"), Set.of(id("n9999")));
    assertThat(DependencyGraph.of(needs).cycles())
        .singleElement()
        .satisfies(cycle -> assertThat(cycle).hasSize(10_000));
  }

  private static Map<AgentId, Set<AgentId>> randomDag(Random random, int size) {
    Map<AgentId, Set<AgentId>> needs = new LinkedHashMap<>();
    List<AgentId> before = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Set<AgentId> targets = new LinkedHashSet<>();
      for (int j = 0; j < random.nextInt(4) && !before.isEmpty(); j++) {
        targets.add(before.get(random.nextInt(before.size())));
      }
      needs.put(id("n" + i), targets);
      before.add(id("n" + i));
    }
    return needs;
  }

  private static DependencyGraph graph(String... lines) {
    Map<AgentId, Set<AgentId>> needs = new LinkedHashMap<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      Set<AgentId> targets = new LinkedHashSet<>();
      if (colon >= 0) {
        for (String target : line.substring(colon + 1).split(",", -1)) {
          targets.add(id(target));
        }
      }
      needs.put(id(colon < 0 ? line : line.substring(0, colon)), targets);
    }
    return DependencyGraph.of(needs);
  }

  private static AgentId id(String name) {
    return new AgentId(name, "m");
  }

  private static List<String> names(Iterable<AgentId> ids) {
    List<String> names = new ArrayList<>();
    ids.forEach(id -> names.add(id.name()));
    return names;
  }
}
