package dev.flotilla.plan.gate;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A limit for a number, either fixed or as a part of a baseline: {@code <= 0.6 * baseline}.
 *
 * @param factor the limit itself, or what the baseline is multiplied by
 */
public record Threshold(String operator, double factor, boolean ofBaseline) {
  private static final Pattern TEXT =
      Pattern.compile(
          "(<=|>=|<|>|==)\\s*(?:(-?\\d+(?:\\.\\d+)?)\\s*(?:\\*\\s*(baseline))?|(baseline)(?:\\s*\\*\\s*(\\d+(?:\\.\\d+)?))?)");

  static Optional<Threshold> parse(String text) {
    Matcher m = TEXT.matcher(text.strip());
    if (!m.matches()) {
      return Optional.empty();
    }
    if (m.group(2) != null) {
      return Optional.of(
          new Threshold(m.group(1), Double.parseDouble(m.group(2)), m.group(3) != null));
    }
    double factor = m.group(5) == null ? 1 : Double.parseDouble(m.group(5));
    return Optional.of(new Threshold(m.group(1), factor, true));
  }

  /** The limit in figures; empty when it needs a baseline that nobody recorded. */
  public OptionalDouble limit(Optional<Double> baseline) {
    if (!ofBaseline) {
      return OptionalDouble.of(factor);
    }
    return baseline.isPresent()
        ? OptionalDouble.of(factor * baseline.get())
        : OptionalDouble.empty();
  }

  public boolean holds(double value, double limit) {
    return switch (operator) {
      case "<=" -> value <= limit;
      case ">=" -> value >= limit;
      case "<" -> value < limit;
      case ">" -> value > limit;
      default -> value == limit;
    };
  }

  /** A number without needless zeros. */
  public static String figure(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.3f", value).replaceAll("0+$", "");
  }
}
