package dev.flotilla.assistant.builtin;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What people ask to be remembered: {@code Remember that my name is Ana}. */
final class RememberTopic {
  private static final Pattern STATEMENT =
      Pattern.compile("(?i)^(?:please )?remember(?: that)? (.+?) (is|are|was) (.+?)[.!]?$");

  private RememberTopic() {}

  static Optional<Answer.Memory> memory(Question question) {
    Matcher m = STATEMENT.matcher(question.text().strip());
    if (!m.matches()) {
      return Optional.empty();
    }
    String subject = yours(m.group(1));
    return Optional.of(
        new Answer.Memory(
            Question.normal(subject), "%s %s %s".formatted(subject, m.group(2), m.group(3))));
  }

  /** Seen from the engine: what is mine to who asks is theirs to it. */
  private static String yours(String subject) {
    return subject.replaceAll("(?i)\\bmy\\b", "your").replaceAll("(?i)\\bI\\b", "you");
  }

  /** What is my name? */
  static final class Recall implements Topic {
    private static final Pattern QUESTION =
        Pattern.compile("^(?:what|who|where|when) (?:is|are|was) (?:the )?(.+)$");

    @Override
    public String name() {
      return "recall";
    }

    @Override
    public String example() {
      return "Remember that my name is Ana — and later: What is my name?";
    }

    @Override
    public Optional<String> answer(Question question, Facts facts) {
      Matcher m = QUESTION.matcher(question.plain());
      if (!m.matches()) {
        return Optional.empty();
      }
      Map<String, String> known = facts.remembered();
      String subject = Question.normal(yours(m.group(1)));
      return Optional.ofNullable(known.getOrDefault(subject, known.get("the" + subject)))
          .map(statement -> "You told me that " + statement + ".");
    }
  }
}
