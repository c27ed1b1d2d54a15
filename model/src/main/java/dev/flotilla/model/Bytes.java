package dev.flotilla.model;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of memory.
 *
 * @param count bytes, not negative
 */
public record Bytes(long count) implements Comparable<Bytes> {
  public static final Bytes ZERO = new Bytes(0);

  private static final Pattern TEXT =
      Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(?:([KMGT])(i?)B?|B)?", Pattern.CASE_INSENSITIVE);

  public Bytes {
    if (count < 0) {
      throw new IllegalArgumentException("bytes must be >= 0, found " + count);
    }
  }

  public static Bytes ofMebibytes(long mebibytes) {
    return new Bytes(mebibytes << 20);
  }

  /**
   * Reads {@code 512MiB}, {@code 24 GB}, {@code 2G} or plain bytes. {@code K M G T} and {@code Ki
   * Mi Gi Ti} are powers of 1024, {@code KB MB GB TB} too, as Docker reads them.
   */
  public static Optional<Bytes> parse(String text) {
    Matcher m = TEXT.matcher(text.strip());
    if (!m.matches()) {
      return Optional.empty();
    }
    int power = m.group(2) == null ? 0 : " KMGT".indexOf(m.group(2).toUpperCase(Locale.ROOT));
    double value = Double.parseDouble(m.group(1)) * Math.pow(1024, power);
    return value > Long.MAX_VALUE ? Optional.empty() : Optional.of(new Bytes(Math.round(value)));
  }

  public Bytes plus(Bytes other) {
    return new Bytes(count + other.count);
  }

  @Override
  public int compareTo(Bytes other) {
    return Long.compare(count, other.count);
  }

  /** With the largest binary unit that keeps at least one whole: {@code 1.5 GiB}. */
  @Override
  public String toString() {
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
    double value = count;
    int unit = 0;
    while (value >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    String number =
        value == Math.rint(value)
            ? Long.toString((long) value)
            : String.format(Locale.ROOT, "%.1f", value);
    return number + " " + units[unit];
  }
}
