package dev.flotilla.assistant.router;

import java.util.List;

/**
 * Where a request goes, and why.
 *
 * @param taskClass empty when the request named its model
 * @param targets who is asked, in turn
 * @param confidence that the class is right, from 0 to 1
 */
public record Choice(String taskClass, List<String> targets, Why why, double confidence) {
  public Choice {
    targets = List.copyOf(targets);
  }

  /** What decided. */
  public sealed interface Why {
    /** For people. */
    String sentence();
  }

  /** The caller named the model or the class. */
  public record Explicit(String what) implements Why {
    @Override
    public String sentence() {
      return "the caller named " + what;
    }
  }

  /** A rule spoke. */
  public record Rule(String taskClass, String pattern) implements Why {
    @Override
    public String sentence() {
      return "the rule \"%s\" of %s matches".formatted(pattern, taskClass);
    }
  }

  /** It means what the examples of the class mean. */
  public record Semantic(String taskClass, double likeness, double lead) implements Why {
    @Override
    public String sentence() {
      return "it is most like the examples of %s (%.2f, ahead by %.2f)"
          .formatted(taskClass, likeness, lead);
    }
  }

  /** Two classes are likely, and the safer was taken; worth learning from. */
  public record Ambiguous(String taken, String other, double lead) implements Why {
    @Override
    public String sentence() {
      return "it could be %s or %s (%.2f apart), and %s is the safer"
          .formatted(taken, other, lead, taken);
    }
  }

  /** Nothing else spoke. */
  public record Default() implements Why {
    @Override
    public String sentence() {
      return "no rule and no example speaks of it";
    }
  }
}
