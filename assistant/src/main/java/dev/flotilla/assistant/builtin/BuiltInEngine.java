package dev.flotilla.assistant.builtin;

import java.util.List;
import java.util.Optional;
import java.util.Set;
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
          new VramTopic(),
          new DependencyTopic(),
          new MachineTopic(),
          new ChangeTopic(),
          new AgentTopic(),
          new StateTopic.Unhealthy(),
          new StateTopic.InState(),
          new StateTopic.HowMany(),
          new ClockTopic(),
          new UnitTopic(),
          new ArithmeticTopic());

  private static final String WHO =
      "I am Flotilla's built-in engine: rules over what the fleet tells, no language model.\n";

  private BuiltInEngine() {}

  /** The answer, empty when it does not know; it never guesses. */
  public static Optional<Answer> answer(String text, Facts facts) {
    Question question = Question.of(text);
    Optional<Answer.Memory> memory = RememberTopic.memory(question);
    if (memory.isPresent()) {
      return Optional.of(
          new Answer(
              "remember",
              "I will remember that " + memory.get().statement() + ".",
              memory,
              Set.of()));
    }
    Optional<Answer> forgotten = RememberTopic.forget(question, facts);
    if (forgotten.isPresent()) {
      return forgotten;
    }
    if (question.matches(
        "^(who|what) are you$|^are you (an? )?(ai|bot|robot|human|person|machine|(large )?language"
            + " model|llm|model|real|chatgpt|gpt|claude|alive)\\b")) {
      return Optional.of(Answer.of("help", WHO + help()));
    }
    if (question.matches(
        "^help( me)?$|^(what|which questions|what questions) (can|could) (you|i) (do|ask)("
            + " you)?$|^how can you help( me)?$|^what do you know$|^(hello|hi|hey)( there)?$|^good"
            + " (morning|afternoon|evening|day)$")) {
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
