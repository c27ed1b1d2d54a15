package dev.flotilla.plan.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where things lie in a folder of plans. What is under {@code .flotilla} belongs to this checkout
 * alone and git ignores it.
 */
public record Layout(Path folder) {
  static final String PLAN = ".md";
  static final String LOG = ".events.jsonl";

  public Path plan(String file) {
    return folder.resolve(file + PLAN);
  }

  public Path log(String file) {
    return folder.resolve(file + LOG);
  }

  public Path archive() {
    return folder.resolve("archive");
  }

  /** Kept outputs of the commands of a plan. */
  public Path runs(String file) {
    return local().resolve("runs").resolve(file);
  }

  public Path index() {
    return local().resolve("index");
  }

  Path locks() {
    return local().resolve("locks");
  }

  Path local() {
    return folder.resolve(".flotilla");
  }

  /** Makes the folder of what is local, and tells git to ignore it. */
  void prepareLocal() throws IOException {
    Path ignore = local().resolve(".gitignore");
    if (!Files.exists(ignore)) {
      Files.createDirectories(local());
      Files.writeString(ignore, "*\n");
    }
  }
}
