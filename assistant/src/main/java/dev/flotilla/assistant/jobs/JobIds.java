package dev.flotilla.assistant.jobs;

import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * Names of jobs: short, in the order of their making, and never the same twice. Not thread-safe.
 */
final class JobIds {
  private static final int MOST_SKIPPED = 1_000;

  private final RandomGenerator random;
  private long millis;
  private long bits;

  JobIds(RandomGenerator random) {
    this.random = random;
  }

  String next(Instant now) {
    long before = millis;
    millis = now.toEpochMilli();
    bits = millis == before ? bits + 1 + random.nextInt(MOST_SKIPPED) : random.nextLong() >>> 15;
    return name(millis, bits);
  }

  /** One that says nothing of any other. */
  static String secret(Instant now, RandomGenerator random) {
    return name(now.toEpochMilli(), random.nextLong() >>> 14);
  }

  private static String name(long millis, long bits) {
    String chance = Long.toString(bits, 36);
    return "j" + Long.toString(millis, 36) + "0".repeat(10 - chance.length()) + chance;
  }
}
