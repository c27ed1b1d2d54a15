package dev.flotilla.node.core;

/** How a process ended. */
public sealed interface Exit {

  /** Whether it ended as a program that did its work does. */
  default boolean success() {
    return this instanceof Code code && code.value() == 0;
  }

  /** For people: {@code exit 1}, {@code signal 9}. */
  String label();

  /**
   * It called exit.
   *
   * @param value from 0 to 255
   */
  record Code(int value) implements Exit {
    @Override
    public String label() {
      return "exit " + value;
    }
  }

  /** A signal ended it. */
  record Signal(int number) implements Exit {
    @Override
    public String label() {
      return "signal " + number;
    }
  }

  /** It was another process's child, whose end the kernel tells only to the parent. */
  record Unseen() implements Exit {
    @Override
    public String label() {
      return "end not seen (adopted)";
    }
  }

  /** A service left the JVM that hosts it. */
  record Reported(String label, boolean success) implements Exit {}
}
