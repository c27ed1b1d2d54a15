package dev.flotilla.assistant.builtin;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Time and date. */
final class ClockTopic implements Topic {
  private static final Pattern PLACE =
      Pattern.compile("\\btime (?:is it |it is )?(?:now )?in ([\\p{L}/_ ]+?)(?: now)?$");

  @Override
  public String name() {
    return "clock";
  }

  @Override
  public String example() {
    return "What time is it?";
  }

  @Override
  public Optional<String> answer(Question question, Facts facts) {
    Matcher place = PLACE.matcher(question.plain());
    if (place.find()) {
      return zone(place.group(1))
          .map(zone -> format("HH:mm:ss VV, EEEE", facts.now().atZone(zone)));
    }
    ZonedDateTime now = facts.now().atZone(facts.zone());
    if (question.matches("^what (day|date) (is|was|will it be) (it )?(tomorrow|yesterday)$")) {
      int days = question.has("tomorrow") ? 1 : -1;
      return Optional.of(format("EEEE, d MMMM yyyy", now.plusDays(days)));
    }
    if (question.matches(
        "\\bwhat time is it\\b|\\bwhat is the time\\b|\\bcurrent time\\b|^time$")) {
      return Optional.of(format("HH:mm:ss VV", now));
    }
    if (question.matches(
        "\\bwhat (day|date) is (it|today)\\b|\\bwhat is (the|today is|today)"
            + " ?(date|day)?\\b.*(date|today|day)|\\btoday is date\\b|^date$")) {
      return Optional.of(format("EEEE, d MMMM yyyy", now));
    }
    return Optional.empty();
  }

  /** By its name, or by the city it is named after; there is none for most places. */
  private static Optional<ZoneId> zone(String place) {
    String name = place.replace(' ', '_');
    return ZoneId.getAvailableZoneIds().stream()
        .sorted(Comparator.comparingInt(String::length))
        .filter(id -> id.equalsIgnoreCase(name) || id.toLowerCase(Locale.ROOT).endsWith("/" + name))
        .findFirst()
        .map(ZoneId::of);
  }

  private static String format(String pattern, ZonedDateTime time) {
    return DateTimeFormatter.ofPattern(pattern, Locale.UK).format(time);
  }
}
