package dev.flotilla.bench.router;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.assistant.router.Evaluation.Labelled;
import dev.flotilla.assistant.router.Policy;
import dev.flotilla.assistant.router.TaskClass;
import dev.flotilla.model.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * CLINC150 (Larson and others 2019, CC BY 3.0, github.com/clinc/oos-eval): requests to an assistant
 * by domain, and some of none, for which the default stands.
 *
 * @param train from which examples are taken
 * @param calibrate from which the calibration is learned
 * @param test for which nothing was learned
 */
record Clinc(List<Labelled> train, List<Labelled> calibrate, List<Labelled> test) {
  static final String NONE = "none_of_them";
  private static final int CALIBRATE = 3_000;
  private static final int DEAL = 1;

  /**
   * @param folder {@code data} of the repository
   */
  static Clinc in(Path folder) throws IOException {
    Map<String, String> domains = new HashMap<>();
    Json.mapper()
        .readTree(folder.resolve("domains.json").toFile())
        .properties()
        .forEach(d -> d.getValue().forEach(intent -> domains.put(intent.asText(), d.getKey())));
    JsonNode all = Json.mapper().readTree(folder.resolve("data_full.json").toFile());
    List<Labelled> others = read(all, domains, "val", "oos_val", "test", "oos_test");
    Collections.shuffle(others, new Random(DEAL));
    return new Clinc(
        read(all, domains, "train"),
        List.copyOf(others.subList(0, CALIBRATE)),
        List.copyOf(others.subList(CALIBRATE, others.size())));
  }

  private static List<Labelled> read(JsonNode all, Map<String, String> domains, String... parts) {
    List<Labelled> found = new ArrayList<>();
    for (String part : parts) {
      all.path(part)
          .forEach(
              line ->
                  found.add(
                      new Labelled(
                          line.path(0).asText(),
                          domains.getOrDefault(line.path(1).asText(), NONE))));
    }
    return found;
  }

  /** A task for each domain, with as many examples drawn from {@code train}. */
  Policy policy(int examples, int seed) {
    List<Labelled> drawn = new ArrayList<>(train);
    Collections.shuffle(drawn, new Random(seed));
    Map<String, List<String>> byDomain = new LinkedHashMap<>();
    drawn.forEach(
        each -> {
          List<String> own = byDomain.computeIfAbsent(each.task(), task -> new ArrayList<>());
          if (own.size() < examples) {
            own.add(each.text());
          }
        });
    List<TaskClass> classes = new ArrayList<>();
    byDomain.forEach((name, own) -> classes.add(task(name, own)));
    classes.add(task(NONE, List.of()));
    return new Policy(classes, NONE, 0);
  }

  private static TaskClass task(String name, List<String> examples) {
    return new TaskClass(
        name,
        List.of(),
        examples,
        List.of("t"),
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Some of those to calibrate on. */
  List<Labelled> some(int count, int seed) {
    List<Labelled> drawn = new ArrayList<>(calibrate);
    Collections.shuffle(drawn, new Random(seed));
    return drawn.subList(0, Math.min(count, drawn.size()));
  }
}
