package dev.flotilla.cli.command;

/** Numbers with their noun. */
final class Count {
  private Count() {}

  /** {@code 1 agent}, {@code 3 agents}, {@code no agents}. */
  static String of(long number, String noun) {
    return (number == 0 ? "no" : Long.toString(number)) + " " + noun + (number == 1 ? "" : "s");
  }
}
