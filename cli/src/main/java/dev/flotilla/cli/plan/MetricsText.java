package dev.flotilla.cli.plan;

import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads one value from metrics as Prometheus writes them. Pure. */
final class MetricsText {
  private static final Pattern LABEL = Pattern.compile("\\w+=\"(?:[^\"\\\\]|\\\\.)*\"");

  private MetricsText() {}

  /**
   * The value of a name, or the sum where it has several series.
   *
   * @param name dots count as underscores; with labels in braces only the series that have them
   */
  static OptionalDouble value(String text, String name) {
    int brace = name.indexOf('{');
    String plain =
        (brace < 0 ? name : name.substring(0, brace)).replace('.', '_').replace('-', '_');
    Set<String> labels = brace < 0 ? Set.of() : labels(name.substring(brace));
    double sum = 0;
    boolean found = false;
    for (String line : text.split("\n")) {
      if (!line.startsWith(plain)) {
        continue;
      }
      String rest = line.substring(plain.length());
      int end = rest.startsWith("{") ? rest.lastIndexOf('}') + 1 : 0;
      boolean same = labels(rest.substring(0, end)).containsAll(labels);
      if (same && end < rest.length() && rest.charAt(end) == ' ') {
        try {
          sum += Double.parseDouble(rest.substring(end + 1).strip().split(" ")[0]);
          found = true;
        } catch (NumberFormatException e) {
          return OptionalDouble.empty();
        }
      }
    }
    return found ? OptionalDouble.of(sum) : OptionalDouble.empty();
  }

  private static Set<String> labels(String braces) {
    return LABEL.matcher(braces).results().map(MatchResult::group).collect(Collectors.toSet());
  }
}
