package dev.flotilla.scan;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What to scan.
 *
 * @param root the folder to scan
 * @param all also what git ignores
 * @param threads how many threads read files, at least 1; the result does not depend on it
 * @param cache the file that keeps facts between runs; absent to read everything anew
 */
public record ScanRequest(Path root, boolean all, int threads, Optional<Path> cache) {
  /** Everything git does not ignore, with as many threads as there are processors. */
  public static ScanRequest of(Path root) {
    return new ScanRequest(
        root, false, Runtime.getRuntime().availableProcessors(), Optional.empty());
  }
}
