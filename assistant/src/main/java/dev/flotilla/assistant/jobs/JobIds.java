package dev.flotilla.assistant.jobs;

import java.time.Instant;
import java.util.random.RandomGenerator;

/** Names of jobs: short, in the order of their making, and never the same twice. */
final class JobIds {
  private JobIds() {}

  static String next(Instant now, RandomGenerator random) {
    String time = Long.toString(now.toEpochMilli(), 36);
    long bits = random.nextLong() >>> 14;
    String chance = Long.toString(bits, 36);
    return "j" + time + "0".repeat(10 - chance.length()) + chance;
  }
}
