package dev.flotilla.scan.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of an address that the file alone does not tell, written into the text as {@code
 * «kind:detail»}: {@code config:port}, {@code import:module.NAME}, {@code call:f(x)} or {@code
 * unknown:expression}.
 *
 * @param kind one of config, attribute, import, call, unknown
 * @param detail what is known of it
 */
public record Hole(String kind, String detail) {
  private static final Pattern PATTERN = Pattern.compile("«(\\w+):([^»]*)»");

  /** As it stands in a text. */
  @Override
  public String toString() {
    return "«" + kind + ":" + detail + "»";
  }

  /** The holes in a text, in order. */
  public static List<Hole> in(String text) {
    List<Hole> result = new ArrayList<>();
    if (text.indexOf('«') >= 0) {
      Matcher matcher = PATTERN.matcher(text);
      while (matcher.find()) {
        result.add(new Hole(matcher.group(1), matcher.group(2)));
      }
    }
    return result;
  }

  /** The hole that a text is and nothing else. */
  public static Optional<Hole> only(String text) {
    Matcher matcher = PATTERN.matcher(text);
    return matcher.matches()
        ? Optional.of(new Hole(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }
}
