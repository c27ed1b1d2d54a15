package dev.flotilla.model.shape;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody meant who mistyped a word. */
public final class Nearest {
  private static final int LONGEST = 100;

  private Nearest() {}

  /** The known word nearest to the one found, if one is near enough to be meant. */
  public static Optional<String> to(String found, Collection<String> known) {
    String lower = found.toLowerCase(Locale.ROOT);
    int farthest = Math.max(1, Math.min(4, (found.length() + 1) / 3));
    return known.stream()
        .filter(word -> Math.abs(word.length() - found.length()) <= farthest)
        .map(word -> new Candidate(word, distance(lower, word.toLowerCase(Locale.ROOT))))
        .filter(candidate -> candidate.distance <= farthest)
        .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::word))
        .map(Candidate::word);
  }

  private record Candidate(String word, int distance) {}

  /**
   * Insertions, deletions, replacements and swaps of neighbours that turn one into the other; of
   * long words only the beginnings count.
   */
  public static int distance(String one, String other) {
    String from = one.substring(0, Math.min(LONGEST, one.length()));
    String to = other.substring(0, Math.min(LONGEST, other.length()));
    int[][] d = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      d[i][0] = i;
    }
    for (int j = 0; j <= to.length(); j++) {
      d[0][j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      for (int j = 1; j <= to.length(); j++) {
        int replaced = d[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        d[i][j] = Math.min(replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        if (i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[from.length()][to.length()];
  }
}
