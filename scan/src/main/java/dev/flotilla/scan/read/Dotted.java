package dev.flotilla.scan.read;

import dev.flotilla.scan.python.Expression;

/** Names with dots. */
public final class Dotted {
  private Dotted() {}

  /** {@code a.b.c} of such an expression, calls and subscripts left out; empty for others. */
  public static String of(Expression expression) {
    return switch (expression) {
      case Expression.Name name -> name.id();
      case Expression.Attribute attribute -> {
        String before = of(attribute.value());
        yield before.isEmpty() ? "" : before + "." + attribute.name();
      }
      default -> "";
    };
  }

  /** The part after the last dot. */
  public static String last(String dotted) {
    return dotted.substring(dotted.lastIndexOf('.') + 1);
  }

  /** The part before the first dot. */
  public static String first(String dotted) {
    int dot = dotted.indexOf('.');
    return dot < 0 ? dotted : dotted.substring(0, dot);
  }
}
