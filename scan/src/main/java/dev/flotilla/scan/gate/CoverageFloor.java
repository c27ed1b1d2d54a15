package dev.flotilla.scan.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.model.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
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

  /** The same, from today on at what is covered where that is more than it asks for. */
  public CoverageFloor ratchet(double covered, LocalDate today) {
    double whole = Math.floor(covered * 10) / 10;
    return whole > on(today) ? new CoverageFloor(whole, raise, today) : this;
  }

  /** Reads what {@link #text} wrote; empty when the file is something else. */
  public static Optional<CoverageFloor> read(Path file) throws IOException {
    try {
      JsonNode root = Json.mapper().readTree(Files.readString(file));
      return root != null && root.path("start").isNumber() && root.path("raise").isNumber()
          ? Optional.of(
              new CoverageFloor(
                  root.path("start").asDouble(),
                  root.path("raise").asDouble(),
                  LocalDate.parse(root.path("since").asText())))
          : Optional.empty();
    } catch (JsonProcessingException | DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** As a file. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "{\n  \"start\": %s,\n  \"raise\": %s,\n  \"since\": \"%s\"\n}\n",
        start,
        raise,
        since);
  }
}
