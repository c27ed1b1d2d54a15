package dev.flotilla.plan.event;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the log says of one phase.
 *
 * @param doneEvents those that closed it, latest last, kept when it was reopened
 * @param current the closing that holds, if it was not undone since
 * @param forced whether any closing was forced, ever
 * @param claim the latest claim that was not released
 * @param acknowledged by person, the hash of the note that was acknowledged
 * @param reviews stated confidences, latest last
 * @param checks the latest result by condition
 * @param steps the latest event by step, as {@code step:1} or {@code rollback:1}
 */
public record PhaseState(
    List<Event> doneEvents,
    Optional<Event> current,
    boolean forced,
    Optional<Event> claim,
    Map<String, String> acknowledged,
    List<Event> reviews,
    Map<String, Event> checks,
    Map<String, Event> steps) {

  static PhaseState of(List<Event> events) {
    List<Event> done = new ArrayList<>();
    Optional<Event> current = Optional.empty();
    boolean forced = false;
    Optional<Event> claim = Optional.empty();
    Map<String, String> acknowledged = new LinkedHashMap<>();
    List<Event> reviews = new ArrayList<>();
    Map<String, Event> checks = new LinkedHashMap<>();
    Map<String, Event> steps = new LinkedHashMap<>();
    for (Event event : events) {
      switch (event.kind()) {
        case DONE -> {
          done.add(event);
          current = Optional.of(event);
          forced |= event.is("forced");
          claim = Optional.empty();
        }
        case UNDONE -> {
          current = Optional.empty();
          reviews.clear();
        }
        case CLAIMED -> claim = Optional.of(event);
        case RELEASED, INTERRUPTED -> claim = Optional.empty();
        case ACKNOWLEDGED -> acknowledged.put(event.who(), event.text("note"));
        case REVIEWED -> reviews.add(event);
        case CHECKED -> checks.put(event.text("condition"), event);
        case STEP_STARTED, STEP_ENDED, STEP_SKIPPED -> steps.put(event.text("step"), event);
        case CREATED,
            IMPORTED,
            ADDED,
            REMOVED,
            TICKED,
            CLEARED,
            BASELINE,
            RESUMED,
            DELETED,
            RESTORED,
            ARCHIVED,
            MERGED,
            UNKNOWN -> {}
      }
    }
    return new PhaseState(
        List.copyOf(done),
        current,
        forced,
        claim,
        Map.copyOf(acknowledged),
        List.copyOf(reviews),
        Map.copyOf(checks),
        Map.copyOf(steps));
  }

  /** The claim that holds at this time. */
  public Optional<Event> claim(Instant now) {
    return claim.filter(event -> now.isBefore(until(event)));
  }

  /** When the lease of a claim ends. */
  public static Instant until(Event claim) {
    return claim.at().plusMillis((long) (claim.number("lease", 0) * 1000));
  }
}
