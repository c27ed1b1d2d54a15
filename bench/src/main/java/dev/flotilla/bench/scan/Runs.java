package dev.flotilla.bench.scan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an owner's scans cost, one after the other: medians, of three cold ones and five each of the
 * others.
 *
 * @param cold everything read, nothing kept
 * @param kept everything read, and the cache written
 * @param summary nothing changed, the summary printed
 * @param json nothing changed, all findings printed
 * @param changed the largest file changed
 * @param changedJson the same, all findings printed
 */
record Runs(
    Measured cold,
    Measured kept,
    Measured summary,
    Measured json,
    Measured changed,
    Measured changedJson) {
  private static final int TIMES = 5;

  private interface Once {
    Measured run() throws IOException, InterruptedException;
  }

  static Runs of(Scanned scanned, Path root) throws IOException, InterruptedException {
    Path copy = scanned.output().resolveSibling("copy");
    Scanned.delete(copy);
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Path below = root.relativize(file);
        if (!below.startsWith(".git")) {
          Path target = copy.resolve(below);
          Files.createDirectories(target.getParent());
          Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
    scanned.run("a scan before, not counted", root, "--no-cache");
    Measured kept = scanned.run("cold, the cache written", copy);
    Measured summary =
        median(TIMES, () -> scanned.plain("unchanged, the summary", copy, List.of()));
    Measured json = median(TIMES, () -> scanned.run("unchanged, all findings", copy));
    Path largest = largest(copy);
    Measured changed =
        median(
            TIMES,
            () -> {
              change(largest);
              return scanned.plain("one file changed, the summary", copy, List.of());
            });
    Measured changedJson =
        median(
            TIMES,
            () -> {
              change(largest);
              return scanned.run("one file changed, all findings", copy);
            });
    Measured cold = median(3, () -> scanned.run("cold", root, "--no-cache"));
    return new Runs(cold, kept, summary, json, changed, changedJson);
  }

  /** The one in the middle by wall time. */
  private static Measured median(int times, Once once) throws IOException, InterruptedException {
    List<Measured> all = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      all.add(once.run());
    }
    all.sort(Comparator.comparingDouble(Measured::wall));
    return all.get(times / 2);
  }

  private static void change(Path file) throws IOException {
    Files.writeString(file, "\n# changed\n", StandardOpenOption.APPEND);
  }

  private static Path largest(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(f -> f.toString().endsWith(".py"))
          .max(Comparator.comparingLong(f -> f.toFile().length()))
          .orElseThrow();
    }
  }
}
