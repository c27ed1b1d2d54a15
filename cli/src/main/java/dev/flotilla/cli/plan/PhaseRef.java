package dev.flotilla.cli.plan;

import dev.flotilla.cli.context.CommandFailure;

/**
 * {@code K} or {@code K.N}: a phase and something in it.
 *
 * @param rest what follows the first dot, empty when there is none
 */
record PhaseRef(int phase, String rest) {
  static PhaseRef of(String words) {
    String plain = words.strip();
    if (!plain.matches("\\d{1,6}(\\.\\d{1,4})*")) {
      throw CommandFailure.usage(
          "\"" + words + "\"",
          "the number of a phase, or K.N for a part of it",
          "Such as 2 or 2.1; flotilla plan show ID lists them.");
    }
    int dot = plain.indexOf('.');
    return dot < 0
        ? new PhaseRef(Integer.parseInt(plain), "")
        : new PhaseRef(Integer.parseInt(plain.substring(0, dot)), plain.substring(dot + 1));
  }

  static int index(String words) {
    PhaseRef ref = of(words);
    if (!ref.rest().isEmpty()) {
      throw CommandFailure.usage(
          "\"" + words + "\"", "the number of a phase", "Leave out ." + ref.rest());
    }
    return ref.phase();
  }
}
