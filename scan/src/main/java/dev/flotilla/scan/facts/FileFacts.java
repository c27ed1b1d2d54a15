package dev.flotilla.scan.facts;

import dev.flotilla.scan.rules.Finding;
import java.util.List;
import java.util.stream.Stream;

/**
 * All that is known of one file by itself.
 *
 * @param path relative to the root, with {@code /}
 * @param language what it was read as
 * @param lines number of lines
 * @param state how well it could be read
 * @param findings of the rules that need only this file
 * @param facts in order
 * @param prints numbers of its token sequences, to find copies; pairs of print and line
 */
public record FileFacts(
    String path,
    Language language,
    int lines,
    State state,
    List<Finding> findings,
    List<Fact> facts,
    Prints prints) {

  /** What a file is written in. */
  public enum Language {
    PYTHON,
    REQUIREMENTS,
    PROJECT,
    DOCKERFILE,
    COMPOSE,
    CONFIG,
    SHELL,
    ENVIRONMENT,
    COVERAGE,
    OTHER
  }

  /** How well a file could be read. */
  public enum State {
    /** Wholly. */
    PARSED,
    /** What could be read of it; it has an error. */
    RECOVERED,
    /** Not at all. */
    UNREAD
  }

  /** The facts of one kind. */
  public Stream<Fact> of(Fact.Kind kind) {
    return facts.stream().filter(fact -> fact.kind() == kind);
  }

  /** Whether there is a fact of that kind. */
  public boolean has(Fact.Kind kind) {
    for (Fact fact : facts) {
      if (fact.kind() == kind) {
        return true;
      }
    }
    return false;
  }
}
