package dev.flotilla.plan.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.plan.PlanRefused;
import dev.flotilla.plan.event.Kind;
import dev.flotilla.plan.markdown.PlanReader;
import dev.flotilla.plan.store.Draft;
import java.util.List;

/**
 * A plan read from another form.
 *
 * @param text the Markdown it becomes
 * @param source what is needed to give it back in that form; the data of the event that says so
 */
public record Imported(String id, String text, ObjectNode source) {
  /** The event that starts the plan's log. */
  public List<Draft> events() {
    return List.of(Draft.of(Kind.IMPORTED, source));
  }

  /** The same, after looking that the text reads as a plan without damage. */
  Imported checked() {
    PlanReader.read(id, text)
        .damage()
        .ifPresent(
            problem -> {
              throw new PlanRefused(List.of(problem));
            });
    return this;
  }
}
