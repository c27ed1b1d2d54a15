package dev.flotilla.scan.graph;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Which paths are copies from another time. */
public final class Backups {
  private static final Pattern FOLDER =
      Pattern.compile(
          "(?i)(?:^|/)[^/]*(?:backups?(?![a-z])|_?trash|archived?(?![a-z])|deprecated|(?<![a-z])old(?![a-z])|legacy_)[^/]*/");
  private static final Pattern NAME =
      Pattern.compile(
          "(?i).*(?:\\.bak|\\.backup|\\.old|\\.orig|\\.deprecated|[_.\\-]backup|_bak|_old|_deprecated|\\.save|~)(?:[_.\\-][\\w\\-]*)*(?:\\.py)?$|.*\\.backup[\\w.]*$");

  /** Without one of these no pattern matches. */
  private static final List<String> SIGNS =
      List.of(
          "back", "bak", "old", "trash", "archive", "deprecated", "legacy_", ".orig", ".save", "~");

  private Backups() {}

  /** Whether a path is a backup, in the trash or deprecated. */
  public static boolean contains(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    return SIGNS.stream().anyMatch(lower::contains) && matches(path);
  }

  private static boolean matches(String path) {
    return FOLDER.matcher(path).find() || NAME.matcher(name(path)).matches();
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
