package dev.flotilla.plan.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Where plans are kept. */
public final class PlanFolder {
  private static final String NAME = "plans";

  private PlanFolder() {}

  /** What {@code FLOTILLA_PLANS} says, else {@code plans} here or in the nearest folder above. */
  public static Path of(Path directory, Map<String, String> environment) {
    String set = environment.getOrDefault("FLOTILLA_PLANS", "");
    if (!set.isEmpty()) {
      return directory.resolve(set).normalize();
    }
    for (Path at = directory; at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve(NAME)) || Files.exists(at.resolve(".git"))) {
        return at.resolve(NAME);
      }
    }
    return directory.resolve(NAME);
  }
}
