package dev.flotilla.bench.scan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether the scan says the same again.
 *
 * @param byThreads what a cold run costs with so many threads
 * @param different how many reports differed from the last one before
 */
record Determinism(Map<Integer, Measured> byThreads, int different) {

  /** Compares with what {@code scanned} printed last, a cold run of the same files. */
  static Determinism of(Scanned scanned, Path root) throws IOException, InterruptedException {
    byte[] first = Files.readAllBytes(scanned.output());
    Map<Integer, Measured> byThreads = new TreeMap<>();
    int different = 0;
    for (int threads : new int[] {1, 2, 4}) {
      String wanted = Integer.toString(threads);
      byThreads.put(
          threads,
          scanned.run("cold, threads " + threads, root, "--no-cache", "--threads", wanted));
      different += Arrays.equals(first, Files.readAllBytes(scanned.output())) ? 0 : 1;
    }
    return new Determinism(byThreads, different);
  }
}
