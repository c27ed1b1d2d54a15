package dev.flotilla.cli.screen;

/** How a piece of text stands out where colours are shown. */
public enum Style {
  PLAIN(""),
  BOLD("1"),
  DIM("2"),
  RED("31"),
  GREEN("32"),
  YELLOW("33"),
  BLUE("34"),
  CYAN("36"),
  BOLD_RED("1;31"),
  BOLD_GREEN("1;32"),
  BOLD_YELLOW("1;33");

  private final String code;

  Style(String code) {
    this.code = code;
  }

  /** The text with this style, or as it is when colours are off. */
  public String paint(String text, boolean colour) {
    return !colour || this == PLAIN || text.isEmpty()
        ? text
        : "\033[" + code + "m" + text + "\033[0m";
  }
}
