package dev.flotilla.assistant.builtin;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What people ask to be remembered: {@code Remember that my name is Ana}. */
final class RememberTopic {
  private static final Pattern STATEMENT =
      Pattern.compile("(?i)^(?:please )?remember(?: that)? (.+?) (is|are|was) (.+?)[.!]?$");

  private static final Pattern LOOSE =
      Pattern.compile("(?i)^(?:please )?remember(?: that |: ?| )((?!to\\b)\\S+ .*?)[.!]?$");

  private RememberTopic() {}

  static Optional<Answer.Memory> memory(Question question) {
    Matcher m = STATEMENT.matcher(question.text().strip());
    if (!m.matches()) {
      return loose(question);
    }
    String subject = yours(m.group(1));
    return Optional.of(
        new Answer.Memory(
            Question.normal(subject), "%s %s %s".formatted(subject, m.group(2), m.group(3))));
  }

  /** What has no subject that could be asked for is kept by its own words. */
  private static Optional<Answer.Memory> loose(Question question) {
    Matcher m = LOOSE.matcher(question.text().strip());
    if (!m.matches()) {
      return Optional.empty();
    }
    String statement = yours(m.group(1));
    return Optional.of(new Answer.Memory(Question.normal(statement), statement));
  }

  /** Seen from the engine: what is mine to who asks is theirs to it. */
  private static String yours(String subject) {
    return subject.replaceAll("(?i)\\bmy\\b", "your").replaceAll("(?i)\\bI\\b", "you");
  }

  /** What is my name? */
  static final class Recall implements Topic {
    private static final Pattern QUESTION =
        Pattern.compile("^(?:what|who|where|when) (?:is|are|was) (?:the )?(.+)$");

    private static final String ALL =
        "^what (do you remember|did (i|we) (tell|ask) you( to remember)?|have i told you"
            + "|do you know about me)$";

    private static String all(Facts facts) {
      return facts.remembered().isEmpty()
          ? "Nothing yet: nobody has asked me to remember anything."
          : facts.remembered().values().stream()
              .sorted()
              .map(statement -> "  " + statement)
              .collect(Collectors.joining("\n", "You told me that\n", ""));
    }

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
      if (question.matches(ALL)) {
        return Optional.of(all(facts));
      }
      String asked = question.plain().replaceAll("^who am i$", "what is my name");
      Matcher m = QUESTION.matcher(asked);
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
