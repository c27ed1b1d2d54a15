package dev.flotilla.plan.run;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Replaces secrets in text by {@code ***}: the values of variables whose names say that they are
 * secret, and what looks like a key, a token or a password. Immutable.
 */
public final class Masks {
  private static final String MASK = "***";
  private static final int SHORTEST = 6;
  private static final Pattern SECRET_NAME =
      Pattern.compile("(?i).*(secret|token|passw|api_?key|private_?key|credential|auth(?!or)).*");
  private static final Pattern NUMBER = Pattern.compile("[\\d.]+");
  private static final Pattern KNOWN =
      Pattern.compile(
          "gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|sk-[A-Za-z0-9_-]{16,}"
              + "|AKIA[0-9A-Z]{16}|xox[abprs]-[A-Za-z0-9-]{10,}|glpat-[A-Za-z0-9_-]{16,}"
              + "|eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}");
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)((?:passw(?:or)?d|secret|token|api[_-]?key|private[_-]?key)[A-Za-z_]{0,12}[\"']?\\s{0,4}[=:]\\s{0,4}[\"']?)[^\\s\"',;]{4,}");
  private static final Pattern BEARER = Pattern.compile("(?i)(bearer\\s+)[A-Za-z0-9._~+/=-]{8,}");
  private static final Pattern URL = Pattern.compile("(://[^/\\s:@]{0,64}:)[^/\\s@]{3,}@");
  private static final Pattern PEM =
      Pattern.compile(
          "-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)");

  private final List<String> values;

  private Masks(List<String> values) {
    this.values = List.copyOf(values);
  }

  /** Masks the secrets of this environment. */
  public static Masks of(Map<String, String> environment) {
    List<String> values = new ArrayList<>();
    environment.forEach(
        (name, value) -> {
          if (SECRET_NAME.matcher(name).matches()
              && value.length() >= SHORTEST
              && !value.startsWith("/")
              && !NUMBER.matcher(value).matches()) {
            values.add(bytesAsText(value));
          }
        });
    values.sort(Comparator.comparingInt(String::length).reversed());
    return new Masks(values);
  }

  /** Output is handled byte for byte, so a value is looked for as its bytes. */
  private static String bytesAsText(String value) {
    return new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** Masks bytes, whatever they are; those that are no secret stay as they are. */
  public byte[] mask(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return apply(text).getBytes(StandardCharsets.ISO_8859_1);
  }

  private String apply(String text) {
    String out = text;
    for (String value : values) {
      out = out.replace(value, MASK);
    }
    out = KNOWN.matcher(out).replaceAll(MASK);
    String low = out.toLowerCase(Locale.ROOT);
    if (low.contains("pass")
        || low.contains("secret")
        || low.contains("token")
        || low.contains("key")) {
      out = PEM.matcher(out).replaceAll(MASK);
      out = NAMED.matcher(out).replaceAll("$1" + MASK);
    }
    if (low.contains("bearer")) {
      out = BEARER.matcher(out).replaceAll("$1" + MASK);
    }
    return low.contains("://") ? URL.matcher(out).replaceAll("$1" + MASK + "@") : out;
  }
}
