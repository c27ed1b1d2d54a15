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
      return "the rule \"" + pattern + "\" of " + taskClass + " matches";
    }
  }

  /**
   * It means what the examples of the class mean.
   *
   * @param likeness from -1 to 1
   */
  public record Semantic(String taskClass, double likeness) implements Why {
    @Override
    public String sentence() {
      return "it is most like the examples of %s (%.2f)".formatted(taskClass, likeness);
    }
  }

  /**
   * Two classes are likely, and the safer was taken; worth learning from.
   *
   * @param sureOfOther how likely the other is, from 0 to 1
   */
  public record Ambiguous(String taken, String other, double sureOfOther) implements Why {
    @Override
    public String sentence() {
      return "it could as well be %s (%.0f %%), and %s is the safer"
          .formatted(other, sureOfOther * 100, taken);
    }
  }

  /** There is no other class. */
  public record Only() implements Why {
    @Override
    public String sentence() {
      return "it is the only task there is";
    }
  }

  /** Nothing else spoke. */
  public record Default() implements Why {
    @Override
    public String sentence() {
      return "no rule and no example speaks clearly of it";
    }
  }
}
