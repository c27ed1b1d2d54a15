package dev.flotilla.hub.observability;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Markup that is safe to send. The only ways to make one escape everything that is not markup
 * already, in texts and in quoted attributes alike.
 */
record Html(String markup) {
  static final Html NONE = new Html("");

  /**
   * A template with {@code %s} for each part.
   *
   * @param template a constant of the program, attributes in double quotes
   * @param parts {@link Html} goes in as it is, everything else as escaped text
   */
  static Html of(String template, Object... parts) {
    Object[] safe = new Object[parts.length];
    for (int i = 0; i < parts.length; i++) {
      safe[i] = parts[i] instanceof Html(String markup) ? markup : escape(parts[i].toString());
    }
    return new Html(template.formatted(safe));
  }

  static Html join(Collection<Html> parts) {
    return new Html(parts.stream().map(Html::markup).collect(Collectors.joining()));
  }

  private static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&#39;");
        case '`' -> safe.append("&#96;");
        default -> safe.append(Character.isISOControl(c) ? ' ' : c);
      }
    }
    return safe.toString();
  }

  @Override
  public String toString() {
    return markup;
  }
}
