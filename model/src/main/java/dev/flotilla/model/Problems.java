package dev.flotilla.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Problems in the order they are met, while one input is read. Not thread-safe. */
public final class Problems {
  private final List<Problem> all = new ArrayList<>();

  public void error(Position where, String found, String expected, String advice) {
    all.add(Problem.error(where, found, expected, advice));
  }

  public void warning(Position where, String found, String expected, String advice) {
    all.add(Problem.warning(where, found, expected, advice));
  }

  public void addAll(List<Problem> problems) {
    all.addAll(problems);
  }

  public boolean hasErrors() {
    return all.stream().anyMatch(p -> p.severity() == Problem.Severity.ERROR);
  }

  /** By place in the file; each problem once. */
  public List<Problem> sorted() {
    return all.stream()
        .distinct()
        .sorted(Comparator.comparing(Problem::where).thenComparing(Problem::found))
        .toList();
  }

  /** The value with the warnings, or all problems if one of them is an error. */
  public <T> Result<T> result(T value) {
    return hasErrors() ? new Result.Failed<>(sorted()) : new Result.Ok<>(value, sorted());
  }
}
