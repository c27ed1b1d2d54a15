package dev.flotilla.model.imports;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Names for machines, groups and agents out of what the input calls them. */
final class Names {
  private static final Set<String> SAYS_NOTHING =
      Set.of("", ".", "..", "config", "configs", "conf", "deploy", "docker", "etc", "src");

  private Names() {}

  /** Letters, digits, {@code -} and {@code _}, beginning with a letter. */
  static String safe(String name) {
    String safe = name.replaceAll("[^A-Za-z0-9_-]+", "-");
    String begun = safe.isEmpty() || !Character.isLetter(safe.charAt(0)) ? "a" + safe : safe;
    return begun.length() > 63 ? begun.substring(0, 63) : begun;
  }

  /** The nearest folder that says something: {@code main_pc} for main_pc_code/config/x.yaml. */
  static Optional<String> ofFolder(String file) {
    String[] parts = file.replace('\\', '/').split("/", -1);
    return List.of(parts).reversed().stream()
        .skip(1)
        .filter(part -> !SAYS_NOTHING.contains(part))
        .map(part -> part.replaceAll("[_-](code|config|services?)$", ""))
        .map(Names::safe)
        .findFirst();
  }
}
