package dev.flotilla.assistant.router;

import dev.flotilla.model.Router;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * How requests are routed, as the manifest says.
 *
 * @param classes in the order of their rules; names are unique
 * @param defaultClass for what no rule and no example speaks
 * @param confident from 0 to 1: below it the examples alone do not decide, and the safer of the
 *     likely classes is taken
 */
public record Policy(List<TaskClass> classes, String defaultClass, double confident) {
  public Policy {
    classes = List.copyOf(classes);
    if (confident < 0 || confident > 1) {
      throw new IllegalArgumentException("confident must be from 0 to 1, found " + confident);
    }
  }

  /** The policy of a manifest. */
  public static Policy of(Router router) {
    List<TaskClass> classes = new ArrayList<>();
    router
        .tasks()
        .forEach(
            (name, task) -> {
              List<String> targets = new ArrayList<>(List.of(task.target()));
              targets.addAll(task.fallback());
              classes.add(
                  new TaskClass(
                      name,
                      task.patterns().stream().map(Policy::pattern).toList(),
                      task.examples(),
                      targets,
                      task.safety(),
                      task.quality(),
                      task.mostCost(),
                      task.mostLatency()));
            });
    return new Policy(classes, router.standard(), router.confidence());
  }

  private static Pattern pattern(String written) {
    return Pattern.compile(written.replace("_", "[_ -]"), Pattern.CASE_INSENSITIVE);
  }

  /**
   * Another one when a task, its patterns or its examples are others: what was measured of the one
   * says nothing of the other.
   */
  public String fingerprint() {
    StringBuilder all = new StringBuilder(defaultClass);
    for (TaskClass each : classes) {
      all.append('\n').append(each.name());
      each.patterns().forEach(pattern -> all.append("\n~").append(pattern.pattern()));
      each.examples().forEach(example -> all.append("\n-").append(example));
    }
    return UUID.nameUUIDFromBytes(all.toString().getBytes(StandardCharsets.UTF_8)).toString();
  }

  public Optional<TaskClass> named(String name) {
    return classes.stream().filter(c -> c.name().equals(name)).findFirst();
  }

  /** The class of the default; a policy that was read has it. */
  public TaskClass fallback() {
    return named(defaultClass)
        .orElseThrow(() -> new IllegalStateException("no class " + defaultClass));
  }
}
