package dev.flotilla.scan.fix;

import dev.flotilla.scan.rules.Rule;
import java.util.Set;

/** One thing that a fix does to one file. Paths are relative to the root, with {@code /}. */
public sealed interface Change {
  /** The file that it is done to. */
  String path();

  /** The rules whose findings it mends. */
  Set<Rule> rules();

  /** How many findings it mends. */
  int places();

  /**
   * The same file with other text.
   *
   * @param before the whole file as it was, a byte order mark and {@code \r\n} included
   * @param after the whole file as it will be
   */
  record Edit(String path, String before, String after, Set<Rule> rules, int places)
      implements Change {}

  /** The same bytes at another place. */
  record Move(String path, String to, Set<Rule> rules) implements Change {
    @Override
    public int places() {
      return 1;
    }
  }

  /** A file that was not there. */
  record Create(String path, String text, Set<Rule> rules, int places) implements Change {}
}
