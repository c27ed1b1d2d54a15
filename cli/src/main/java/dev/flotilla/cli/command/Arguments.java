package dev.flotilla.cli.command;

import java.util.ArrayList;
import java.util.List;

/**
 * Settles the one letter that means two things: everywhere {@code -f} names the manifest, and after
 * {@code logs} people write it for {@code --follow}. Pure.
 */
final class Arguments {
  private Arguments() {}

  /** After {@code logs}, {@code -f} follows, unless the next word is a YAML file. */
  static String[] settle(String... arguments) {
    List<String> settled = new ArrayList<>();
    boolean logs = false;
    for (int i = 0; i < arguments.length; i++) {
      String word = arguments[i];
      boolean file = i + 1 < arguments.length && arguments[i + 1].matches(".*\\.ya?ml");
      if (logs && word.equals("-f") && !file) {
        settled.add("--follow");
        continue;
      }
      settled.add(word);
      if (takesValue(word) && i + 1 < arguments.length) {
        settled.add(arguments[++i]);
      } else if (word.equals("logs")) {
        logs = true;
      }
    }
    return settled.toArray(String[]::new);
  }

  private static boolean takesValue(String word) {
    return List.of("-f", "--file", "--port-set", "--port-offset").contains(word);
  }
}
