package dev.flotilla.scan.rules;

/**
 * One thing that is wrong, and where.
 *
 * @param rule what decided so
 * @param severity usually the rule's own
 * @param confidence how it was come by
 * @param file relative to the root of the scan, with {@code /}
 * @param line from 1; 0 when the whole file is meant
 * @param column from 1; 0 when the whole line is meant
 * @param symbol the class and function around it, dotted; empty at the top of a file
 * @param message what was found, in a sentence
 */
public record Finding(
    Rule rule,
    Severity severity,
    Confidence confidence,
    String file,
    int line,
    int column,
    String symbol,
    String message)
    implements Comparable<Finding> {

  /** A finding with its rule's severity. */
  public static Finding of(
      Rule rule, Confidence confidence, String file, int line, String message) {
    return new Finding(rule, rule.severity(), confidence, file, line, 0, "", message);
  }

  /** The same with another severity. */
  public Finding with(Severity other) {
    return new Finding(rule, other, confidence, file, line, column, symbol, message);
  }

  /** Order of reports: by place, then rule, then words; never by chance. */
  @Override
  public int compareTo(Finding other) {
    int order = file.compareTo(other.file);
    order = order != 0 ? order : Integer.compare(line, other.line);
    order = order != 0 ? order : Integer.compare(column, other.column);
    order = order != 0 ? order : rule.compareTo(other.rule);
    order = order != 0 ? order : message.compareTo(other.message);
    return order != 0 ? order : symbol.compareTo(other.symbol);
  }
}
