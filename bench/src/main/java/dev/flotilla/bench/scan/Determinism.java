package dev.flotilla.bench.scan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Whether the scan says the same again.
 *
 * @param runs how many reports were compared
 * @param different how many differed from the first
 */
record Determinism(int runs, int different) {
  static Determinism of(ScanBench bench, Path corpus) throws IOException, InterruptedException {
    byte[] first = new byte[0];
    int runs = 0;
    int different = 0;
    for (int threads : new int[] {1, 1, 2, 4}) {
      bench.scan(
          "cold with " + threads + " threads",
          corpus,
          "--no-cache",
          "--threads",
          Integer.toString(threads));
      byte[] report = Files.readAllBytes(bench.output());
      if (runs == 0) {
        first = report;
      } else if (!Arrays.equals(first, report)) {
        different++;
      }
      runs++;
    }
    return new Determinism(runs, different);
  }
}
