package dev.flotilla.plan;

import java.text.Normalizer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Ids of plans and events. A plan's id is its date, the first words of its description and five
 * letters of chance ({@code 20261120-optimise-the-build-k3f9x}), so that two branches do not meet
 * on one; any beginning, or the last letters, finds it.
 */
public final class PlanIds {
  private static final String LETTERS = "23456789abcdefghjkmnpqrstuvwxyz";
  private static final int LONGEST_SLUG = 32;
  private static final int LONGEST_FILE = 120;
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT).withZone(ZoneOffset.UTC);

  private PlanIds() {}

  public static String plan(Instant now, String description, RandomGenerator random) {
    String slug = slug(description, LONGEST_SLUG);
    return DAY.format(now) + "-" + (slug.isEmpty() ? "" : slug + "-") + letters(5, random);
  }

  /** Unique to the chance of one in 10¹⁸ even at the same millisecond. */
  public static String event(Instant now, RandomGenerator random) {
    return Long.toString(now.toEpochMilli(), 36) + letters(12, random);
  }

  private static String letters(int count, RandomGenerator random) {
    StringBuilder out = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      out.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return out.toString();
  }

  /** Lower-case ASCII words joined by hyphens. */
  static String slug(String words, int longest) {
    String plain =
        Normalizer.normalize(words, Normalizer.Form.NFD)
            .toLowerCase(Locale.ROOT)
            .replaceAll("\\p{M}+", "")
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-+|-+$", "");
    if (plain.length() <= longest) {
      return plain;
    }
    int cut = plain.lastIndexOf('-', longest);
    return plain.substring(0, cut > longest / 2 ? cut : longest);
  }

  /** The file for an id given from outside: the id where it can be a file's name. */
  public static String file(String id) {
    boolean plain = id.matches("[A-Za-z0-9_][A-Za-z0-9._-]*") && id.length() <= LONGEST_FILE;
    return plain ? id : slug(id, 60) + "-" + Hashes.of(id).substring(0, 8);
  }
}
