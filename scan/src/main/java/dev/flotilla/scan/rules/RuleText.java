package dev.flotilla.scan.rules;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The words about a rule.
 *
 * @param why why it matters
 * @param approach what to do
 * @param bad an example that is found
 * @param good an example that is not
 */
public record RuleText(String why, String approach, String bad, String good) {

  /** The words of all rules. */
  public static Map<Rule, RuleText> all() {
    Map<Rule, RuleText> result = new EnumMap<>(Rule.class);
    try (InputStream in = RuleText.class.getResourceAsStream("texts.txt")) {
      if (in == null) {
        throw new IllegalStateException("the texts of the rules are not on the class path");
      }
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line : reader.lines().toList()) {
        if (!line.startsWith("#")) {
          List<String> cells = List.of(line.split("\\|", -1));
          result.put(
              Rule.valueOf(cells.get(0)),
              new RuleText(
                  cells.get(1), cells.get(2), unescape(cells.get(3)), unescape(cells.get(4))));
        }
      }
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String unescape(String text) {
    return text.replace("\\n", "\n");
  }
}
