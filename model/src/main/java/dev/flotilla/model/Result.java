package dev.flotilla.model;

import java.util.List;

/** What reading something a user wrote gives: a value, perhaps with warnings, or all its errors. */
public sealed interface Result<T> {

  /** Read, with warnings. */
  record Ok<T>(T value, List<Problem> warnings) implements Result<T> {
    public Ok {
      warnings = List.copyOf(warnings);
    }
  }

  /** Not read; at least one of the problems is an error. */
  record Failed<T>(List<Problem> problems) implements Result<T> {
    public Failed {
      problems = List.copyOf(problems);
    }
  }
}
