package dev.flotilla.scan.tree;

import java.util.regex.Pattern;

/** One pattern of a {@code .gitignore}; the usual ones cost no regular expression. Immutable. */
sealed interface Glob {
  /**
   * Whether it fits.
   *
   * @param path below the folder of the {@code .gitignore}
   * @param name the path's last part
   */
  boolean matches(String path, String name);

  /** A name that may stand anywhere. */
  record Name(String text) implements Glob {
    @Override
    public boolean matches(String path, String name) {
      return name.equals(text);
    }
  }

  /** Names that end so, anywhere. */
  record Ending(String text) implements Glob {
    @Override
    public boolean matches(String path, String name) {
      return name.endsWith(text);
    }
  }

  /** Anything else with a wildcard in a name that may stand anywhere. */
  record NamePattern(Pattern pattern) implements Glob {
    @Override
    public boolean matches(String path, String name) {
      return pattern.matcher(name).matches();
    }
  }

  /** A pattern with a slash: from the folder on. */
  record PathPattern(Pattern pattern) implements Glob {
    @Override
    public boolean matches(String path, String name) {
      return pattern.matcher(path).matches();
    }
  }

  /** Reads a pattern without its {@code !} and its last slash. */
  static Glob parse(String glob) {
    if (glob.indexOf('/') >= 0) {
      return new PathPattern(
          Pattern.compile(regex(glob.startsWith("/") ? glob.substring(1) : glob)));
    }
    if (isPlain(glob)) {
      return new Name(glob);
    }
    return glob.startsWith("*") && isPlain(glob.substring(1))
        ? new Ending(glob.substring(1))
        : new NamePattern(Pattern.compile(regex(glob)));
  }

  private static boolean isPlain(String glob) {
    return glob.chars().noneMatch(c -> "*?[\\".indexOf(c) >= 0);
  }

  private static String regex(String glob) {
    StringBuilder regex = new StringBuilder();
    int i = 0;
    while (i < glob.length()) {
      char c = glob.charAt(i);
      if (glob.startsWith("**/", i)) {
        regex.append("(?:.*/)?");
        i += 3;
        continue;
      }
      if (glob.startsWith("**", i)) {
        regex.append(".*");
        i += 2;
        continue;
      }
      switch (c) {
        case '*' -> regex.append("[^/]*");
        case '?' -> regex.append("[^/]");
        case '[' -> {
          int end = glob.indexOf(']', i + 1);
          if (end > 0) {
            String set = glob.substring(i + 1, end).replace("\\", "\\\\").replace("[", "\\[");
            regex
                .append('[')
                .append(set.startsWith("!") ? "^" + set.substring(1) : set)
                .append(']');
            i = end;
          } else {
            regex.append("\\[");
          }
        }
        case '\\' -> {
          if (i + 1 < glob.length()) {
            i++;
            regex.append(Pattern.quote(String.valueOf(glob.charAt(i))));
          }
        }
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
      i++;
    }
    return regex.toString();
  }
}
