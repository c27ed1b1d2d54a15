package dev.flotilla.plan;

import dev.flotilla.model.Problem;
import java.util.List;
import java.util.Optional;

/**
 * A plan as its Markdown file says, together with that text, so that an edit changes only what it
 * means to change. Immutable.
 *
 * @param file the file's name without {@code .md}
 * @param text the whole file, byte order mark included
 * @param problems what is wrong with the file; one that is an error forbids edits by the program
 */
public record Plan(
    String file, String text, FrontMatter front, List<Phase> phases, List<Problem> problems) {

  public Plan {
    phases = List.copyOf(phases);
    problems = List.copyOf(problems);
  }

  public String id() {
    String stated = front.value("id");
    return stated.isEmpty() ? file : stated;
  }

  public String description() {
    return front.value("description");
  }

  public String owner() {
    return front.value("owner");
  }

  public String created() {
    return front.value("created");
  }

  /** The stated status, or what the marks of the phases say where none is stated. */
  public String status() {
    String stated = front.value("status");
    if (!stated.isEmpty()) {
      return stated;
    }
    boolean complete = !phases.isEmpty() && phases.stream().allMatch(Phase::done);
    return complete ? Status.COMPLETED : Status.IN_PROGRESS;
  }

  public Optional<Phase> phase(int index) {
    return phases.stream().filter(phase -> phase.index() == index).findFirst();
  }

  /** The phases that must be done before this one and are not. */
  public List<Phase> missing(Phase phase) {
    return phases.stream()
        .filter(other -> !other.done() && other.line() != phase.line())
        .filter(
            other ->
                phase.needs().stated()
                    ? phase.needs().phases().contains(other.index())
                    : other.line() < phase.line())
        .toList();
  }

  /** The first problem that forbids edits. */
  public Optional<Problem> damage() {
    return problems.stream().filter(p -> p.severity() == Problem.Severity.ERROR).findFirst();
  }
}
