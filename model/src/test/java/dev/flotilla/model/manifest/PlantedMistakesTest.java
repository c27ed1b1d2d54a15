package dev.flotilla.model.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.Fleet;
import dev.flotilla.model.Problem;
import dev.flotilla.model.Result;
import dev.flotilla.model.graph.StartOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In a random manifest with mistakes planted in it, exactly the lines with mistakes are named. */
class PlantedMistakesTest {
  private static final List<String> GOOD =
      List.of(
          "required: false",
          "lazy: true",
          "limits: {cpu: 0.5, memory: 64MiB}",
          "restart: on-failure",
          "stop: 3s",
          "env: {LEVEL: '${LEVEL:-info}', OWN: '${agent}'}",
          "config: {depth: [1, {two: 3}]}",
          "family: python-core",
          "description: 'one of many: number'");
  private static final List<String> BAD =
      List.of(
          "required: perhaps",
          "limits: {memory: a lot}",
          "restart: allways",
          "stop: 3 parsecs",
          "env: {LEVEL: '${NOWHERE}'}",
          "comand: x",
          "port: 99999",
          "family: [a]",
          "needs: [Nobody]",
          "health: {tcp: nowhere}",
          "readiness: {interval: 3s}",
          "group: nogroup",
          "stop: {signal: KILL, grace: 1s}");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void everyPlantedMistakeIsNamedAtItsLineAndNothingElse(long seed) {
    Random random = new Random(seed);
    Set<Integer> planted = new TreeSet<>();
    String yaml = manifest(random, 20 + random.nextInt(60), 0.2, planted);

    List<Problem> problems = Manifests.problems(yaml);

    assertThat(new TreeSet<>(problems.stream().map(p -> p.where().line()).toList()))
        .as(Manifests.lines(problems) + "\n" + yaml)
        .isEqualTo(planted);
    assertThat(problems).hasSameSizeAs(planted);
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24, 25})
  void withoutMistakesItLoadsAndHasAnOrder(long seed) {
    Random random = new Random(seed);
    int size = 20 + random.nextInt(100);
    Result<Fleet> result =
        Manifests.load(manifest(random, size, 0, new TreeSet<>()), Manifests.PLAIN);
    assertThat(result).isInstanceOf(Result.Ok.class);
    if (result instanceof Result.Ok<Fleet>(Fleet fleet, List<Problem> warnings)) {
      assertThat(StartOrder.of(fleet).flat()).hasSize(size);
      assertThat(warnings).isEmpty();
    }
  }

  /** Each agent has keys that differ, one a line, and needs only agents before it. */
  private static String manifest(Random random, int size, double share, Set<Integer> planted) {
    List<String> lines = new ArrayList<>(List.of("fleet: random", "agents:"));
    for (int i = 0; i < size; i++) {
      lines.add("  Agent" + i + ":");
      lines.add("    command: [run, '" + i + "']");
      String needs = i > 0 ? "    needs: [Agent" + random.nextInt(i) + "]" : "";
      List<String> good = new ArrayList<>(GOOD);
      List<String> used = new ArrayList<>();
      boolean bad = random.nextDouble() < share;
      String mistake = BAD.get(random.nextInt(BAD.size()));
      if (bad) {
        used.add(key(mistake));
      }
      for (int j = 0; j < random.nextInt(4); j++) {
        String line = good.remove(random.nextInt(good.size()));
        if (!used.contains(key(line))) {
          lines.add("    " + line);
        }
      }
      if (bad) {
        lines.add("    " + mistake);
        planted.add(lines.size());
      }
      if (!needs.isEmpty() && !used.contains("needs")) {
        lines.add(needs);
      }
    }
    if (planted.isEmpty() && share > 0) {
      lines.add("nonsense: 5");
      planted.add(lines.size());
    }
    return String.join("\n", lines) + "\n";
  }

  private static String key(String line) {
    return line.substring(0, line.indexOf(':'));
  }
}
