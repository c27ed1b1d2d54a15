package dev.flotilla.cli.command;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Looks at the words of a command line before it is read. Settles the one letter that means two
 * things: everywhere {@code -f} names the manifest, and after {@code logs} people write it for
 * {@code --follow}. Pure.
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

  /**
   * The commands these words can mean; all of them unless the first word is one, or where help is
   * wanted. Looking at a command takes a cold JVM milliseconds, so the others are left out.
   */
  static Collection<String> meant(List<String> words, Set<String> all) {
    int first = 0;
    while (first < words.size() && words.get(first).startsWith("-")) {
      first += takesValue(words.get(first)) ? 2 : 1;
    }
    boolean plain =
        first < words.size()
            && all.contains(words.get(first))
            && words.stream().noneMatch(Set.of("-h", "--help", "completion", "guide")::contains);
    return plain ? all.stream().filter(words::contains).toList() : all;
  }

  private static boolean takesValue(String word) {
    return List.of("-f", "--file", "--port-set", "--port-offset", "--plans", "--as").contains(word);
  }
}
