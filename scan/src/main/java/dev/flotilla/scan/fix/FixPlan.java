package dev.flotilla.scan.fix;

import dev.flotilla.scan.rules.Rule;
import java.util.List;

/**
 * What would be done, and what is left to people.
 *
 * @param changes sorted by path; at most one a file
 * @param left findings of the chosen kinds that are not safe to mend
 */
public record FixPlan(List<Change> changes, List<Left> left) {

  /**
   * A finding that stays.
   *
   * @param line from 1, 0 for the whole file
   * @param why in words for its owner
   */
  public record Left(Rule rule, String file, int line, String why) {}
}
