package dev.flotilla.cli.plan;

import dev.flotilla.cli.context.CommandFailure;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people type them: {@code 30s}, {@code 10m}, {@code 2h}, {@code 7d}. */
final class Spans {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,9})\\s*(s|m|h|d)");

  private Spans() {}

  static Duration read(String words) {
    Matcher m = TEXT.matcher(words.strip());
    if (!m.matches()) {
      throw CommandFailure.usage(
          "the time \"" + words + "\"", "a number and s, m, h or d", "Such as 30s, 10m, 2h or 7d.");
    }
    long count = Long.parseLong(m.group(1));
    return switch (m.group(2)) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }
}
