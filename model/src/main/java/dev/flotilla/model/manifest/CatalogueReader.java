package dev.flotilla.model.manifest;

import dev.flotilla.model.AlertRule;
import dev.flotilla.model.Flag;
import dev.flotilla.model.Model;
import dev.flotilla.model.Position;
import dev.flotilla.model.Problems;
import dev.flotilla.model.shape.Nearest;
import dev.flotilla.model.shape.Scalars;
import dev.flotilla.model.yaml.YamlNode;
import dev.flotilla.model.yaml.YamlNode.Mapping;
import dev.flotilla.model.yaml.YamlNode.Scalar;
import dev.flotilla.model.yaml.YamlValues;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads models, flags and alerts. */
final class CatalogueReader {
  private static final Pattern CONDITION =
      Pattern.compile("[A-Za-z][\\w.{}=\",-]*\\s*(>=|<=|==|!=|>|<)\\s*\\S+(\\s+(and|or)\\s+.+)?");
  private static final Map<String, Object> BOOLEAN = booleanVariants();

  private final Fields root;
  private final Path folder;
  private final Set<String> machines;
  private final Problems problems;

  CatalogueReader(Fields root, Path folder, Set<String> machines, Problems problems) {
    this.root = root;
    this.folder = folder;
    this.machines = machines;
    this.problems = problems;
  }

  private static Map<String, Object> booleanVariants() {
    Map<String, Object> variants = new LinkedHashMap<>();
    variants.put("on", true);
    variants.put("off", false);
    return Collections.unmodifiableMap(variants);
  }

  Map<String, Model> models() {
    PlaceReader places = new PlaceReader(root, problems);
    ModelReader reader = new ModelReader(folder, problems);
    Map<String, Model> models = new LinkedHashMap<>();
    sections("models")
        .forEach(
            (name, fields) -> {
              for (YamlNode node : fields.list("machines")) {
                if (node instanceof Scalar machine) {
                  places.known(machine.text(), machine.where(), machines);
                }
              }
              models.put(name, reader.read(name, fields));
            });
    return models;
  }

  Map<String, Flag> flags() {
    Map<String, Flag> flags = new LinkedHashMap<>();
    root.entries("flags")
        .forEach(
            (name, entry) -> {
              if (entry.value() instanceof Scalar scalar) {
                flags.put(name, shortFlag(name, scalar.text()));
              } else if (entry.value() instanceof Mapping mapping) {
                flags.put(name, flag(name, new Fields(mapping)));
              }
            });
    return flags;
  }

  private static Flag shortFlag(String name, String text) {
    List<Flag.Share> split =
        Scalars.percent(text).map(share -> List.of(new Flag.Share("on", share))).orElse(List.of());
    return new Flag(name, "", BOOLEAN, Scalars.yesNo(text).orElse(false) ? "on" : "off", split);
  }

  private Flag flag(String name, Fields fields) {
    Map<String, Object> variants =
        fields.section("variants").map(v -> YamlValues.map(v.mapping())).orElse(BOOLEAN);
    String standard = fields.text("default").orElse(variants.containsKey("off") ? "off" : "");
    if (standard.isEmpty()) {
      problems.error(
          fields.mapping().where(),
          "a flag with variants and no default",
          "one of " + String.join(", ", variants.keySet()),
          "write default: " + variants.keySet().iterator().next());
    } else {
      variant(standard, fields.where("default"), variants.keySet());
    }
    List<Flag.Share> split = new ArrayList<>();
    fields
        .entries("split")
        .forEach(
            (variant, entry) -> {
              variant(variant, entry.key().where(), variants.keySet());
              if (entry.value() instanceof Scalar share) {
                Scalars.percent(share.text()).ifPresent(p -> split.add(new Flag.Share(variant, p)));
              }
            });
    double sum = split.stream().mapToDouble(Flag.Share::percent).sum();
    if (sum > 100 + 1e-9) {
      problems.error(
          fields.where("split"), "shares of " + sum + "% together", "at most 100%", "lower them");
    }
    return new Flag(name, fields.text("description").orElse(""), variants, standard, split);
  }

  private void variant(String found, Position where, Set<String> variants) {
    if (!variants.contains(found)) {
      problems.error(
          where,
          "the unknown variant '" + found + "'",
          "one of " + String.join(", ", variants),
          Nearest.to(found, variants)
              .map(near -> "did you mean '" + near + "'?")
              .orElse("declare it under variants"));
    }
  }

  List<AlertRule> alerts() {
    List<AlertRule> alerts = new ArrayList<>();
    sections("alerts")
        .forEach(
            (name, fields) -> {
              String when = fields.text("when").orElse("");
              if (!CONDITION.matcher(when).matches()) {
                problems.error(
                    fields.where("when"),
                    when.isEmpty() ? "an alert without a condition" : "'" + when + "'",
                    "a condition such as gpu.vram.used > 90%",
                    "write when: MEASUREMENT > LIMIT; >=, <, <=, ==, != and 'and', 'or' work too");
              }
              alerts.add(
                  new AlertRule(
                      name,
                      when,
                      fields.span("for").orElse(Duration.ZERO),
                      fields.text("severity").orElse("warning"),
                      fields.text("message").orElse(when)));
            });
    return alerts;
  }

  private Map<String, Fields> sections(String key) {
    Map<String, Fields> sections = new LinkedHashMap<>();
    root.entries(key)
        .forEach(
            (name, entry) -> {
              if (entry.value() instanceof Mapping mapping) {
                sections.put(name, new Fields(mapping));
              }
            });
    return sections;
  }
}
