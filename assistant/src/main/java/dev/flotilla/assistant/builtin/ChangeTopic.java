package dev.flotilla.assistant.builtin;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What happened of late. */
final class ChangeTopic implements Topic {
  private static final int MOST = 10;

  @Override
  public String name() {
    return "changes";
  }

  @Override
  public String example() {
    return "What changed?";
  }

  @Override
  public Optional<String> answer(Question question, Facts facts) {
    if (!question.matches(
            "\\bwhat (has )?(changed|happened|is new)\\b|\\b(recent|last|latest|any|show|list) (the"
                + " )?(new )?(changes|events)\\b|\\b(anything|something)"
                + " (new|happen(ed)?|changed?)\\b|^(changes|events|news)$")
        || question.matches("\\bin \\d{3,}\\b")
        || !question.known(facts.fleet())) {
      return Optional.empty();
    }
    List<Facts.Change> newest = facts.changes().stream().limit(MOST).toList();
    return Optional.of(
        newest.isEmpty()
            ? "Nothing has changed since I began to listen."
            : newest.stream()
                .map(
                    c ->
                        "  %s ago: %s"
                            .formatted(
                                Words.since(Duration.between(c.at(), facts.now())), c.what()))
                .collect(Collectors.joining("\n")));
  }
}
