package dev.flotilla.plan.event;

import dev.flotilla.plan.Phase;
import dev.flotilla.plan.Plan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the log says of a plan as it now stands. Whether a phase is done stands in the Markdown; the
 * log knows who says so and why.
 */
public final class History {
  private final EventLog log;
  private final Map<Integer, PhaseState> phases = new HashMap<>();

  private History(EventLog log) {
    this.log = log;
  }

  public static History of(Plan plan, EventLog log) {
    History history = new History(log);
    Map<Integer, List<Event>> events = new LinkedHashMap<>();
    for (Event event : log.events()) {
      phaseOf(plan, event)
          .ifPresent(index -> events.computeIfAbsent(index, i -> new ArrayList<>()).add(event));
    }
    events.forEach((index, list) -> history.phases.put(index, PhaseState.of(list)));
    return history;
  }

  /**
   * By number when the title still agrees, else by a title that only one phase has, else by number.
   */
  static Optional<Integer> phaseOf(Plan plan, Event event) {
    if (event.phase() < 0) {
      return Optional.empty();
    }
    Optional<Phase> numbered = plan.phase(event.phase());
    if (numbered.isPresent() && numbered.get().title().equals(event.title())) {
      return Optional.of(event.phase());
    }
    List<Phase> titled =
        plan.phases().stream().filter(p -> p.title().equals(event.title())).toList();
    return titled.size() == 1 ? Optional.of(titled.getFirst().index()) : Optional.of(event.phase());
  }

  public PhaseState phase(Phase phase) {
    PhaseState state = phases.get(phase.index());
    return state == null ? PhaseState.of(List.of()) : state;
  }

  public List<Event> events() {
    return log.events();
  }

  /** When anything was last written, if ever. */
  public Optional<Instant> lastChange() {
    return log.events().stream().map(Event::at).max(Instant::compareTo);
  }

  /** The latest baseline of a name. */
  public Optional<Double> baseline(String name) {
    return log.events().stream()
        .filter(e -> e.kind() == Kind.BASELINE && e.text("name").equals(name))
        .reduce((first, second) -> second)
        .map(e -> e.number("value", Double.NaN));
  }

  /** The latest event of any of these kinds. */
  public Optional<Event> last(Kind... kinds) {
    List<Kind> wanted = List.of(kinds);
    return log.events().stream()
        .filter(e -> wanted.contains(e.kind()))
        .reduce((first, second) -> second);
  }

  /** Who works on the plan: the last to claim, run or resume, if it was not interrupted since. */
  public Optional<Event> active() {
    return last(Kind.CLAIMED, Kind.STEP_STARTED, Kind.RESUMED, Kind.INTERRUPTED)
        .filter(e -> e.kind() != Kind.INTERRUPTED);
  }
}
