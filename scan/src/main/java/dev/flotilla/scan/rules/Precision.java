package dev.flotilla.scan.rules;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * How a rule does on the cases written for it.
 *
 * @param found positive cases it reports
 * @param positive cases in which there is something to report
 * @param mistaken negative cases it reports
 * @param negative cases in which there is nothing to report
 */
public record Precision(int found, int positive, int mistaken, int negative) {

  /** What the tests measured; all zero for a rule without cases. */
  public static Precision of(Rule rule) {
    try (InputStream in = Precision.class.getResourceAsStream("precision.txt")) {
      if (in == null) {
        throw new IllegalStateException("the precision of the rules is not on the class path");
      }
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      return reader
          .lines()
          .map(line -> line.split(" ", -1))
          .filter(cells -> cells[0].equals(rule.id()))
          .map(
              cells ->
                  new Precision(
                      Integer.parseInt(cells[1]),
                      Integer.parseInt(cells[2]),
                      Integer.parseInt(cells[3]),
                      Integer.parseInt(cells[4])))
          .findFirst()
          .orElse(new Precision(0, 0, 0, 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For the page of the rule. */
  String words() {
    int reported = found + mistaken;
    return String.format(
        Locale.ROOT,
        "%.0f %%: on cases of its own it reports %d of %d with the fault and %d of %d without.",
        reported == 0 ? 0 : 100.0 * found / reported,
        found,
        positive,
        mistaken,
        negative);
  }
}
