package dev.flotilla.plan.store;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Times as people write them in front matter. */
public final class Times {
  private Times() {}

  /** Reads a time with offset, a local time (taken as UTC) or a date. */
  public static Optional<Instant> read(String words) {
    try {
      if (words.length() == 10) {
        return Optional.of(LocalDate.parse(words).atStartOfDay(ZoneOffset.UTC).toInstant());
      }
      String iso = words.replace(' ', 'T');
      boolean offset = iso.endsWith("Z") || iso.lastIndexOf('+') > 10 || iso.lastIndexOf('-') > 10;
      return Optional.of(
          offset
              ? OffsetDateTime.parse(iso).toInstant()
              : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The later of two, as it was written; a readable one before an unreadable one. */
  static String later(String a, String b) {
    Optional<Instant> left = read(a);
    Optional<Instant> right = read(b);
    if (left.isEmpty() || right.isEmpty()) {
      return right.isPresent() ? b : a;
    }
    return right.get().isAfter(left.get()) ? b : a;
  }
}
