package dev.flotilla.assistant.builtin;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Answers what can be known without a model. The same question over the same facts has the same
 * answer; a question it does not understand has none. Thread-safe.
 */
public final class BuiltInEngine {
  private static final List<Topic> TOPICS =
      List.of(
          new RememberTopic.Recall(),
          new CommandTopic(),
          new FlagTopic(),
          new PlanTopic(),
          new PortTopic(),
          new DependencyTopic(),
          new VramTopic(),
          new ChangeTopic(),
          new StateTopic.OfAgent(),
          new StateTopic.Unhealthy(),
          new StateTopic.InState(),
          new StateTopic.HowMany(),
          new ClockTopic(),
          new UnitTopic(),
          new ArithmeticTopic());

  private BuiltInEngine() {}

  /** The answer, empty when it does not know; it never guesses. */
  public static Optional<Answer> answer(String text, Facts facts) {
    Question question = Question.of(text);
    Optional<Answer.Memory> memory = RememberTopic.memory(question);
    if (memory.isPresent()) {
      return Optional.of(
          new Answer("remember", "I will remember that " + memory.get().statement() + ".", memory));
    }
    if (question.matches(
        "^(help|what can (you|i) (do|ask)|how can you help|who are you|what are you)\\b"
            + "|^(hello|hi|hey)( there)?$")) {
      return Optional.of(Answer.of("help", help()));
    }
    for (Topic topic : TOPICS) {
      Optional<String> answer = topic.answer(question, facts);
      if (answer.isPresent()) {
        return Optional.of(Answer.of(topic.name(), answer.get()));
      }
    }
    return Optional.empty();
  }

  /** What can be asked. */
  public static String help() {
    return TOPICS.stream()
        .map(topic -> "  " + topic.example())
        .collect(
            Collectors.joining("\n", "Without a model I answer questions such as these:\n", ""));
  }
}
