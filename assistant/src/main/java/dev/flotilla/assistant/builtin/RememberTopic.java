package dev.flotilla.assistant.builtin;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What people ask to be remembered: {@code Remember that my name is Ana}. */
final class RememberTopic {
  private static final String START =
      "(?i)^(?:please )?(?:remember|(?:do not|don[’']?t) forget(?= that)|note(?= that|:)|keep in"
          + " mind(?= that))";
  private static final Pattern STATEMENT =
      Pattern.compile(START + "(?: that)? (.+?) (is|are|was) (.+?)[.!]?$");

  private static final Pattern LOOSE =
      Pattern.compile(
          START
              + "(?: that |: ?)((?!(?:to|me|when|how|why|who|what|where|if|the time)\\b)\\S+"
              + " .*?)[.!]?$");

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

  private static final Pattern FORGET =
      Pattern.compile(
          "^(?:please )?forget (?:that |about |what )*(?:the )?(.+?)(?: (?:is|are|was)\\b.*)?$");

  /** What to forget, when that is asked; nothing of what is not known. */
  static Optional<Answer> forget(Question question, Facts facts) {
    Matcher m = FORGET.matcher(question.plain());
    if (!m.matches() || m.group(1).matches("it|that|this|me|about it|him|her|them|you|us")) {
      return Optional.empty();
    }
    Map<String, String> known = facts.remembered();
    String subject = Question.normal(yours(m.group(1)));
    Set<String> gone =
        m.group(1).matches("everything|all|all of it|everything (?:i|you) .*")
            ? known.keySet()
            : known.keySet().stream()
                .filter(Set.of(subject, "the" + subject)::contains)
                .collect(Collectors.toSet());
    if (gone.isEmpty() && !m.group(1).matches("(?:my|our|everything|all)\\b.*")) {
      return Optional.empty();
    }
    String told =
        gone.isEmpty()
            ? "There is nothing to forget: I remember nothing of that."
            : gone.stream()
                .map(each -> String.valueOf(known.get(each)))
                .sorted()
                .map(statement -> "  " + statement)
                .collect(Collectors.joining("\n", "I have forgotten that\n", ""));
    return Optional.of(new Answer("forget", told, Optional.empty(), gone));
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
        "^(?:tell me |show me )?what (do you remember|you remember|do you remember about me|did"
            + " (i|we) (tell|ask) you( to remember)?|i told you|do you know|facts do you"
            + " (know|remember)|have i told you|do you know about me)$";

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
      asked =
          asked.replaceAll(
              "^do you (?:still )?(?:know|remember) (?:what )?(.+?)(?: is)?$", "what is $1");
      Matcher m = QUESTION.matcher(asked.replaceAll(" again$", ""));
      if (!m.matches() || question.has("your")) {
        return Optional.empty();
      }
      Map<String, String> known = facts.remembered();
      String subject = Question.normal(yours(m.group(1)));
      return Optional.ofNullable(known.getOrDefault(subject, known.get("the" + subject)))
          .map(statement -> "You told me that " + statement + ".");
    }
  }
}
