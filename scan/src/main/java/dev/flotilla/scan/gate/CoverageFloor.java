package dev.flotilla.scan.gate;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The least test coverage, which rises by itself.
 *
 * @param start percent on the first day
 * @param raise percent points added each month
 * @param since the first day
 */
public record CoverageFloor(double start, double raise, LocalDate since) {
  private static final Pattern RAISE = Pattern.compile("(\\d+(?:\\.\\d+)?)(?:/month)?");

  /** The floor on a day, never above 100 and never below its start. */
  public double on(LocalDate day) {
    long months = Math.max(0, ChronoUnit.MONTHS.between(since, day));
    return Math.min(100, start + months * raise);
  }

  /** The percent points of {@code 5/month}. */
  public static Optional<Double> parseRaise(String text) {
    Matcher matcher = RAISE.matcher(text);
    return matcher.matches() ? Optional.of(Double.parseDouble(matcher.group(1))) : Optional.empty();
  }
}
