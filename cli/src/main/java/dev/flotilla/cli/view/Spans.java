package dev.flotilla.cli.view;

import java.time.Duration;
import java.util.Locale;

/** Lengths of time as people read them. */
public final class Spans {
  private Spans() {}

  /** With the two largest units that matter: {@code 0.42 s}, {@code 12 s}, {@code 3 min 5 s}. */
  public static String text(Duration span) {
    Duration length = span.isNegative() ? Duration.ZERO : span;
    long seconds = length.toSeconds();
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.2f s", length.toMillis() / 1000.0);
    }
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min " + seconds % 60 + " s";
    }
    if (seconds < 86_400) {
      return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }
    return seconds / 86_400 + " d " + seconds % 86_400 / 3600 + " h";
  }
}
