package dev.flotilla.assistant.builtin;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Time and date. */
final class ClockTopic implements Topic {
  private static final String DATE = "EEEE, d MMMM yyyy";
  private static final String ASKED =
      "^(?:please )?(?:(?:what|which|tell me|do you know|can you tell me|what is|tell me what) )?";
  private static final String ENDED = "(?: it)?(?: is it| is)?(?: right)?(?: now| today| here)?$";
  private static final Pattern PLACE =
      Pattern.compile(
          ASKED
              + "(?:the )?(?:current |local )?time (?:is it |it is )?(?:right )?(?:now )?in"
              + " ([\\p{L}/_ ]+?)(?: right now| now| today| please)?$");

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
    if (question.matches(
        "^(what|which) (day|date) (is|was|will it be|will be) (it )?(tomorrow|yesterday)$")) {
      int days = question.has("tomorrow") ? 1 : -1;
      return Optional.of(format(DATE, now.plusDays(days)));
    }
    if (question.matches(ASKED + "(the )?(current |local )?time" + ENDED)) {
      return Optional.of(format("HH:mm:ss VV", now));
    }
    if (question.matches(ASKED + "(the |today is )?(current )?(day|date|weekday)" + ENDED)
        || question.matches("^what is today$")) {
      return Optional.of(format(DATE, now));
    }
    if (question.matches(ASKED + "(the |this )?(current )?(year|month)" + ENDED)) {
      return Optional.of(format(question.has("year") ? "yyyy" : "MMMM yyyy", now));
    }
    return question.matches(ASKED + "(the |this )?(current )?(calendar )?week( number)?" + ENDED)
        ? Optional.of("Week " + now.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR) + " (ISO 8601).")
        : Optional.empty();
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
