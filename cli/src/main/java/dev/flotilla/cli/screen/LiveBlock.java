package dev.flotilla.cli.screen;

import java.util.List;

/**
 * Lines at the end of the screen that are drawn again in place. Only for a {@link
 * Screen#terminal()}. Not thread-safe.
 */
public final class LiveBlock implements AutoCloseable {
  private static final String HIDE_CURSOR = "\033[?25l";
  private static final String SHOW_CURSOR = "\033[?25h";
  private static final String CLEAR_TO_END_OF_LINE = "\033[K";
  private static final String CLEAR_BELOW = "\033[J";

  private final Screen screen;
  private final Thread restore;
  private int drawn;

  public LiveBlock(Screen screen) {
    this.screen = screen;
    this.restore = new Thread(() -> print(SHOW_CURSOR), "show-cursor");
    Runtime.getRuntime().addShutdownHook(restore);
    print(HIDE_CURSOR);
  }

  /**
   * Replaces what was drawn before. Lines wider than the screen would break the count: cut them.
   */
  public void draw(List<String> lines) {
    StringBuilder frame = new StringBuilder(up());
    for (String line : lines) {
      frame.append(line).append(CLEAR_TO_END_OF_LINE).append('\n');
    }
    frame.append(CLEAR_BELOW);
    drawn = lines.size();
    print(frame.toString());
  }

  /** Writes lines above the block that stay. */
  public void above(List<String> lines) {
    StringBuilder frame = new StringBuilder(up()).append(CLEAR_BELOW);
    lines.forEach(line -> frame.append(line).append('\n'));
    drawn = 0;
    print(frame.toString());
  }

  private String up() {
    return drawn == 0 ? "" : "\033[" + drawn + "A\r";
  }

  private void print(String text) {
    screen.out().print(text);
    screen.out().flush();
  }

  @Override
  public void close() {
    print(SHOW_CURSOR);
    try {
      Runtime.getRuntime().removeShutdownHook(restore);
    } catch (IllegalStateException shuttingDown) {
      // The hook runs, or has run: the cursor is shown.
    }
  }
}
