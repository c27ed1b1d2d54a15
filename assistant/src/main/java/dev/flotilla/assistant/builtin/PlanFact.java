package dev.flotilla.assistant.builtin;

import java.util.List;
import java.util.Optional;

/**
 * An open plan of the repository the manifest is in.
 *
 * @param id as {@code flotilla plan} takes it
 * @param title what it is to reach
 * @param state such as {@code in progress} or {@code interrupted}
 * @param done how many of its phases are done
 * @param phases how many there are
 * @param ready the phases that can be worked at now
 * @param by who works on it
 */
public record PlanFact(
    String id,
    String title,
    String state,
    int done,
    int phases,
    List<String> ready,
    Optional<String> by) {
  public PlanFact {
    ready = List.copyOf(ready);
  }
}
