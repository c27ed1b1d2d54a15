package dev.flotilla.bench.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What processes use. */
final class Cost {
  private static final double TICKS = 100;

  private Cost() {}

  /** Memory in MiB, what is shared counted in parts. */
  static double pss(List<Long> pids) {
    double sum = 0;
    for (long pid : pids) {
      try {
        for (String line : Files.readAllLines(proc(pid, "smaps_rollup"))) {
          if (line.startsWith("Pss:")) {
            sum += Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
          }
        }
      } catch (IOException e) {
        sum += 0; // it has ended meanwhile
      }
    }
    return sum;
  }

  /** Seconds of a core used so far. */
  static double seconds(List<Long> pids) {
    double sum = 0;
    for (long pid : pids) {
      try {
        String stat = Files.readString(proc(pid, "stat"));
        String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 15);
        sum += (Long.parseLong(words[11]) + Long.parseLong(words[12])) / TICKS;
      } catch (IOException e) {
        sum += 0; // it has ended meanwhile
      }
    }
    return sum;
  }

  private static Path proc(long pid, String file) {
    return Path.of("/proc", Long.toString(pid), file);
  }
}
