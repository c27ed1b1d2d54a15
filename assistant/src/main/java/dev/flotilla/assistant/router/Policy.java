package dev.flotilla.assistant.router;

import java.util.List;
import java.util.Optional;

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

  public Optional<TaskClass> named(String name) {
    return classes.stream().filter(c -> c.name().equals(name)).findFirst();
  }

  /** The class of the default; a policy that was read has it. */
  public TaskClass fallback() {
    return named(defaultClass)
        .orElseThrow(() -> new IllegalStateException("no class " + defaultClass));
  }
}
