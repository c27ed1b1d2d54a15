package dev.flotilla.scan.read;

import dev.flotilla.scan.facts.Prints;
import dev.flotilla.scan.python.Lexed;
import java.util.Arrays;

/**
 * Fingerprints of every run of tokens, thinned by winnowing: of each window the smallest is kept,
 * so that two equal runs long enough always share one.
 */
final class Copies {
  /** Tokens in a run that gets a fingerprint. */
  private static final int RUN = 50;

  private static final int WINDOW = 32;
  private static final long BASE = 1_000_003;

  private Copies() {}

  static Prints prints(Lexed lexed) {
    int count = lexed.tokens() - RUN + 1;
    if (count <= 0) {
      return new Prints(new long[0], new int[0], lexed.tokens());
    }
    long[] hashes = new long[count];
    long power = 1;
    for (int i = 1; i < RUN; i++) {
      power *= BASE;
    }
    long hash = 0;
    for (int i = 0; i < lexed.tokens(); i++) {
      if (i >= RUN) {
        hash -= lexed.token(i - RUN) * power;
      }
      hash = hash * BASE + lexed.token(i);
      if (i >= RUN - 1) {
        hashes[i - RUN + 1] = mix(hash);
      }
    }
    long[] kept = new long[count / 8 + 8];
    int[] lines = new int[count / 8 + 8];
    int size = 0;
    int last = -1;
    for (int start = 0; start < count; start += 1) {
      int end = Math.min(start + WINDOW, count);
      if (last < start) {
        last = smallest(hashes, start, end);
      } else if (hashes[end - 1] < hashes[last]) {
        last = end - 1;
      } else {
        if (end == count) {
          break;
        }
        continue;
      }
      if (size == kept.length) {
        kept = Arrays.copyOf(kept, size * 2);
        lines = Arrays.copyOf(lines, size * 2);
      }
      kept[size] = hashes[last];
      lines[size++] = lexed.tokenLine(last);
      if (end == count) {
        break;
      }
    }
    return new Prints(Arrays.copyOf(kept, size), Arrays.copyOf(lines, size), lexed.tokens());
  }

  private static int smallest(long[] hashes, int from, int to) {
    int best = from;
    for (int i = from + 1; i < to; i++) {
      if (hashes[i] < hashes[best]) {
        best = i;
      }
    }
    return best;
  }

  private static long mix(long value) {
    long mixed = value * 0x9E3779B97F4A7C15L;
    return mixed ^ (mixed >>> 32);
  }
}
