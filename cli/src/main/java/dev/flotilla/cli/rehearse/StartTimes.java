package dev.flotilla.cli.rehearse;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long stand-ins take to start: between the two, evenly. */
public record StartTimes(Duration shortest, Duration longest) {
  private static final Pattern TEXT =
      Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s)?(?:-(\\d+(?:\\.\\d+)?)(ms|s)?)?");

  public static final StartTimes USUAL =
      new StartTimes(Duration.ofMillis(50), Duration.ofMillis(400));

  /**
   * Reads {@code 0.2s}, {@code 200ms} or a range such as {@code 100ms-2s}; bare numbers are
   * seconds.
   */
  public static Optional<StartTimes> parse(String text) {
    Matcher m = TEXT.matcher(text);
    if (!m.matches()) {
      return Optional.empty();
    }
    String lastUnit = m.group(4) == null ? m.group(2) : m.group(4);
    Duration to =
        m.group(3) == null ? duration(m.group(1), m.group(2)) : duration(m.group(3), lastUnit);
    Duration from = duration(m.group(1), m.group(2) == null ? lastUnit : m.group(2));
    return from.compareTo(to) > 0 ? Optional.empty() : Optional.of(new StartTimes(from, to));
  }

  private static Duration duration(String number, @org.jspecify.annotations.Nullable String unit) {
    double value = Double.parseDouble(number);
    return Duration.ofMillis(Math.round("ms".equals(unit) ? value : value * 1000));
  }

  Duration next(RandomGenerator random) {
    long spread = longest.toMillis() - shortest.toMillis();
    return shortest.plusMillis(spread == 0 ? 0 : random.nextLong(spread + 1));
  }
}
