package dev.flotilla.assistant.builtin;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What happened of late. */
final class ChangeTopic implements Topic {
  private static final int MOST = 10;
  private static final LocalTime EVENING = LocalTime.of(18, 0);
  private static final Pattern SPAN =
      Pattern.compile("\\b(?:last|past) (\\d{1,4} )?(second|minute|hour|day|week)s?\\b");

  @Override
  public String name() {
    return "changes";
  }

  @Override
  public String example() {
    return "What changed in the last hour?";
  }

  @Override
  public Optional<String> answer(Question question, Facts facts) {
    if (!question.matches(
            "\\bwhat (has )?(changed|happened|is new)\\b|\\b(recent|last|latest|any|show|list) (the"
                + " )?(new )?(changes|events)\\b|\\b(anything|something)"
                + " (new|happen(ed)?|changed?)\\b|^(changes|events|news)$")
        || !question.known(facts.fleet())) {
      return Optional.empty();
    }
    Optional<Instant> from = from(question, facts);
    if (from.isEmpty() && question.number().isPresent()) {
      return Optional.empty();
    }
    List<String> named =
        question.agents(facts.fleet()).stream().map(facts.fleet()::shortName).toList();
    List<Facts.Change> found =
        facts.changes().stream()
            .filter(c -> from.filter(c.at()::isBefore).isEmpty())
            .filter(c -> named.isEmpty() || named.stream().anyMatch(n -> of(n, c)))
            .limit(MOST)
            .toList();
    String whose = named.isEmpty() ? "" : " of " + Words.list(named);
    String limit =
        from.filter(facts.listening()::isAfter).isPresent() || (from.isEmpty() && found.isEmpty())
            ? "I began to listen %s ago; what was before I do not know.\n"
                .formatted(Words.since(Duration.between(facts.listening(), facts.now())))
            : "";
    return Optional.of(
        limit
            + (found.isEmpty()
                ? "Nothing%s has changed%s."
                    .formatted(whose, from.isPresent() ? " in that time" : "")
                : found.stream().map(c -> line(c, facts)).collect(Collectors.joining("\n"))));
  }

  private static boolean of(String name, Facts.Change change) {
    return change.what().startsWith(name + " ");
  }

  private static String line(Facts.Change change, Facts facts) {
    return "  %s ago: %s"
        .formatted(Words.since(Duration.between(change.at(), facts.now())), change.what());
  }

  /** Since when is asked; empty when no time is named. */
  private static Optional<Instant> from(Question question, Facts facts) {
    ZonedDateTime midnight =
        facts.now().atZone(facts.zone()).toLocalDate().atStartOfDay(facts.zone());
    Matcher span = SPAN.matcher(question.plain());
    if (span.find()) {
      long count = span.group(1) == null ? 1 : Long.parseLong(span.group(1).strip());
      return Optional.of(facts.now().minus(unit(span.group(2)).multipliedBy(count)));
    }
    if (question.matches("\\b(last|this|over) ?night\\b")) {
      return Optional.of(midnight.minusDays(1).with(EVENING).toInstant());
    }
    if (question.has("yesterday")) {
      return Optional.of(midnight.minusDays(1).toInstant());
    }
    return question.has("today") || question.matches("\\bthis (morning|afternoon|evening)\\b")
        ? Optional.of(midnight.toInstant())
        : Optional.empty();
  }

  private static Duration unit(String name) {
    return switch (name) {
      case "second" -> Duration.ofSeconds(1);
      case "minute" -> Duration.ofMinutes(1);
      case "hour" -> Duration.ofHours(1);
      case "day" -> Duration.ofDays(1);
      default -> Duration.ofDays(7);
    };
  }
}
