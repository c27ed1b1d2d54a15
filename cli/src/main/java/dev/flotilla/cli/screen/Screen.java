package dev.flotilla.cli.screen;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * Where a command writes. Results go to {@code out}, progress and errors to {@code err}.
 *
 * @param terminal whether a person watches {@code out}; only then are lines rewritten
 * @param colour whether colours are shown
 * @param columns how wide the screen is now
 */
public record Screen(
    PrintStream out, PrintStream err, boolean terminal, boolean colour, IntSupplier columns) {

  /** A screen that nobody watches: no colour, never rewritten, wide. */
  public static Screen plain(PrintStream out, PrintStream err) {
    return new Screen(out, err, false, false, () -> Integer.MAX_VALUE);
  }

  /**
   * The screen of a process.
   *
   * @param terminal whether {@code out} is one
   * @param columns asked for only where it is
   */
  public static Screen of(
      PrintStream out,
      PrintStream err,
      Map<String, String> environment,
      boolean terminal,
      IntSupplier columns) {
    boolean colour =
        terminal
            && environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    return terminal ? new Screen(out, err, true, colour, columns) : plain(out, err);
  }

  public void line(String text) {
    out.println(text);
  }

  /** Writes lines in one go: thousands written one by one would cost a system call each. */
  public void lines(List<String> lines) {
    if (!lines.isEmpty()) {
      out.println(String.join(System.lineSeparator(), lines));
    }
  }

  public void table(Table table) {
    lines(table.lines(columns.getAsInt(), colour));
  }

  public String paint(Style style, String text) {
    return style.paint(text, colour);
  }
}
