package dev.flotilla.assistant.builtin;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Time and date. */
final class ClockTopic implements Topic {
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
    ZonedDateTime now = facts.now().atZone(facts.zone());
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

  private static String format(String pattern, ZonedDateTime time) {
    return DateTimeFormatter.ofPattern(pattern, Locale.UK).format(time);
  }
}
