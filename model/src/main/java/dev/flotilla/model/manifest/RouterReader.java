package dev.flotilla.model.manifest;

import dev.flotilla.model.Problems;
import dev.flotilla.model.Router;
import dev.flotilla.model.shape.Nearest;
import dev.flotilla.model.yaml.YamlNode;
import dev.flotilla.model.yaml.YamlNode.Entry;
import dev.flotilla.model.yaml.YamlNode.Mapping;
import dev.flotilla.model.yaml.YamlNode.Scalar;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads the router. */
final class RouterReader {
  private static final double CONFIDENCE = 0.75;
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final Set<String> models;
  private final Set<String> flags;
  private final Problems problems;

  RouterReader(Path folder, Set<String> models, Set<String> flags, Problems problems) {
    this.folder = folder;
    this.models = models;
    this.flags = flags;
    this.problems = problems;
  }

  Optional<Router> read(Fields root) {
    return root.section("router").map(this::router);
  }

  private Router router(Fields fields) {
    Set<String> names = new LinkedHashSet<>(Set.of(Router.BUILT_IN));
    names.addAll(fields.entries("targets").keySet());
    names.addAll(models);
    Map<String, Router.Target> targets = new LinkedHashMap<>();
    fields
        .entries("targets")
        .forEach(
            (name, entry) -> {
              if (entry.value() instanceof Mapping mapping) {
                targets.put(name, target(name, new Fields(mapping), names));
              }
            });
    refuseCircles(fields, targets);
    Map<String, Router.Task> tasks = new LinkedHashMap<>();
    fields
        .entries("tasks")
        .forEach(
            (name, entry) -> {
              if (entry.value() instanceof Mapping mapping) {
                tasks.put(name, task(name, new Fields(mapping), names, tasks.size()));
              }
            });
    if (tasks.isEmpty()) {
      problems.error(
          fields.mapping().where(),
          "a router without tasks",
          "the key tasks with at least one task",
          "add tasks: {all: {target: builtin}}, or remove router");
    }
    fields.scalar("default").ifPresent(s -> known("task", s, tasks.keySet()));
    fields.scalar("judge").ifPresent(s -> known("target", s, names));
    return new Router(
        tasks,
        targets,
        fields
            .text("default")
            .orElseGet(() -> tasks.isEmpty() ? "" : List.copyOf(tasks.keySet()).getLast()),
        fields.decimal("confidence").orElse(CONFIDENCE),
        fields.text("judge"));
  }

  private Router.Task task(String name, Fields fields, Set<String> targets, int place) {
    if (fields.text("target").isEmpty()) {
      problems.error(
          fields.mapping().where(),
          "the task " + name + " without a target",
          "target: one of " + String.join(", ", targets),
          "say who answers");
    }
    fields.scalar("target").ifPresent(s -> known("target", s, targets));
    List<String> fallback = new ArrayList<>(fields.texts("fallback"));
    fields.text("fallback").ifPresent(fallback::add);
    fields.scalar("fallback").ifPresent(s -> known("target", s, targets));
    fields.list("fallback").forEach(node -> knownNode(node, targets));
    fields.list("patterns").forEach(this::compiles);
    return new Router.Task(
        fields.texts("patterns"),
        fields.texts("examples"),
        fields.text("target").orElse(""),
        fallback,
        fields.whole("safety").orElse(place),
        fields.decimal("quality"),
        fields.decimal("most_cost"),
        fields.span("most_latency"));
  }

  private Router.Target target(String name, Fields fields, Set<String> targets) {
    if (name.equals(Router.BUILT_IN) || models.contains(name)) {
      problems.error(
          fields.mapping().where(),
          "a target named " + name,
          "a name that neither a model nor the built-in engine has",
          "give it another name");
    }
    List<String> ways = new ArrayList<>();
    for (String way : List.of("url", "weights", "flag")) {
      if (fields.has(way)) {
        ways.add(way);
      }
    }
    boolean pool = ways.isEmpty() && fields.has("model");
    if (ways.size() + (pool ? 1 : 0) != 1) {
      problems.error(
          fields.mapping().where(),
          ways.isEmpty()
              ? "the target " + name + " of which nothing says who it is"
              : "the target " + name + " with " + String.join(" and ", ways),
          "one of url, model, weights and flag",
          "keep one of them");
    }
    if (pool) {
      fields.scalar("model").ifPresent(s -> known("model", s, models));
    }
    fields.scalar("flag").ifPresent(s -> known("flag", s, flags));
    Map<String, Double> weights = new LinkedHashMap<>();
    fields
        .entries("weights")
        .forEach(
            (other, entry) -> {
              known("target", other, entry, targets);
              new Fields(fields.section("weights").orElse(fields).mapping())
                  .decimal(other)
                  .ifPresent(weight -> weights.put(other, weight));
            });
    return new Router.Target(
        fields.text("api").orElse("openai"),
        fields.text("url"),
        pool ? Optional.empty() : fields.text("model"),
        fields.text("key_env"),
        fields.text("key_file").map(file -> folder.resolve(file).normalize().toString()),
        pool ? fields.text("model") : Optional.empty(),
        weights,
        fields.text("flag"),
        fields.decimal("input_price").orElse(0.0),
        fields.decimal("output_price").orElse(0.0),
        fields.span("silence").orElse(SILENCE),
        fields.yesNo("resume", false));
  }

  /** A target that leads to itself by its weights would never end. */
  private void refuseCircles(Fields fields, Map<String, Router.Target> targets) {
    for (String name : targets.keySet()) {
      if (reaches(name, name, targets, new LinkedHashSet<>())) {
        problems.error(
            fields.where("targets"),
            "the target " + name + ", whose weights lead back to it",
            "weights that end at other targets",
            "take one of them out");
        return;
      }
    }
  }

  private static boolean reaches(
      String from, String to, Map<String, Router.Target> targets, Set<String> seen) {
    Router.Target target = targets.get(from);
    if (target == null || !seen.add(from)) {
      return false;
    }
    return target.shares().containsKey(to)
        || target.shares().keySet().stream().anyMatch(next -> reaches(next, to, targets, seen));
  }

  private void compiles(YamlNode node) {
    if (node instanceof Scalar scalar) {
      try {
        Pattern.compile(scalar.text());
      } catch (PatternSyntaxException e) {
        problems.error(
            scalar.where(),
            "the pattern \"" + scalar.text() + "\" (" + e.getDescription() + ")",
            "words or a regular expression",
            "put a \\ before characters that stand for themselves");
      }
    }
  }

  private void knownNode(YamlNode node, Set<String> names) {
    if (node instanceof Scalar scalar) {
      known("target", scalar, names);
    }
  }

  private void known(String what, Scalar scalar, Collection<String> names) {
    if (!names.contains(scalar.text())) {
      unknown(what, scalar.text(), scalar.where(), names);
    }
  }

  private void known(String what, String name, Entry entry, Collection<String> names) {
    if (!names.contains(name)) {
      unknown(what, name, entry.key().where(), names);
    }
  }

  private void unknown(
      String what, String name, dev.flotilla.model.Position where, Collection<String> names) {
    problems.error(
        where,
        "the unknown " + what + " '" + name + "'",
        names.isEmpty() ? "a " + what + " of this manifest" : "one of " + String.join(", ", names),
        Nearest.to(name, names)
            .map(near -> "did you mean '" + near + "'?")
            .orElse("declare it, or name another"));
  }
}
