package dev.flotilla.node.process;

import java.util.Map;
import java.util.Optional;

/** The numbers of the signals that a manifest may name. */
public final class Signals {
  static final int KILL = 9;
  static final int CONTINUE = 18;

  private static final Map<String, Integer> NUMBERS =
      Map.of(
          "HUP", 1, "INT", 2, "QUIT", 3, "KILL", KILL, "USR1", 10, "USR2", 12, "TERM", 15, "CONT",
          CONTINUE, "STOP", 19, "WINCH", 28);

  private Signals() {}

  /** The number of a signal named with or without {@code SIG}. */
  public static Optional<Integer> number(String name) {
    String bare = name.startsWith("SIG") ? name.substring(3) : name;
    return Optional.ofNullable(NUMBERS.get(bare));
  }
}
