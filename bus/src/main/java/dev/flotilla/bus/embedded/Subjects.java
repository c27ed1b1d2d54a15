package dev.flotilla.bus.embedded;

/**
 * The grammar of subjects: tokens between dots, {@code *} for one, {@code >} for all that follow.
 */
final class Subjects {
  private Subjects() {}

  /** Whether one may subscribe to it. */
  static boolean valid(String subject) {
    return tokensValid(subject, true);
  }

  /** Whether it is one subject and not a pattern. */
  static boolean literal(String subject) {
    return tokensValid(subject, false);
  }

  private static boolean tokensValid(String subject, boolean wildcards) {
    int from = 0;
    while (true) {
      int dot = subject.indexOf('.', from);
      int to = dot < 0 ? subject.length() : dot;
      if (to == from) {
        return false;
      }
      if (to - from == 1) {
        char only = subject.charAt(from);
        boolean all = only == '>';
        if ((all && dot >= 0) || (!wildcards && (all || only == '*'))) {
          return false;
        }
      }
      if (dot < 0) {
        return true;
      }
      from = dot + 1;
    }
  }
}
