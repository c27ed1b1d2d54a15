package dev.flotilla.cli.screen;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Asks {@code stty} how large the terminal is, which costs a few milliseconds. */
public final class TerminalSize {
  private static final int USUAL_COLUMNS = 80;
  private static final int USUAL_ROWS = 24;

  private TerminalSize() {}

  /** Columns of the terminal of this process, 80 when it does not say. */
  public static int columns() {
    return ask(1, USUAL_COLUMNS);
  }

  /** Rows of the terminal of this process, 24 when it does not say. */
  public static int rows() {
    return ask(0, USUAL_ROWS);
  }

  private static int ask(int field, int usual) {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String[] size =
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
              .strip()
              .split(" ");
      int value = size.length == 2 ? Integer.parseInt(size[field]) : 0;
      return value > 0 ? value : usual;
    } catch (IOException | NumberFormatException e) {
      return usual;
    }
  }
}
