package dev.flotilla.plan.store;

import dev.flotilla.plan.Mark;
import dev.flotilla.plan.Phase;
import dev.flotilla.plan.Plan;
import dev.flotilla.plan.Status;
import dev.flotilla.plan.event.Event;
import dev.flotilla.plan.event.History;
import dev.flotilla.plan.event.Kind;
import dev.flotilla.plan.event.PhaseState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A plan in short, as the index keeps it and lists show it.
 *
 * @param updated the later of the stated time and the last event
 * @param damage what is wrong with the file, empty when it can be edited
 * @param activeBy who works on it, empty when nobody does
 * @param interruptedAt epoch milliseconds, 0 unless interrupted
 * @param createdAt epoch milliseconds, 0 when the stated time cannot be read
 */
public record PlanEntry(
    String file,
    String id,
    String description,
    String status,
    String created,
    String updated,
    String owner,
    String damage,
    String activeBy,
    long interruptedAt,
    long createdAt,
    List<PhaseEntry> phases) {

  /**
   * A phase in short.
   *
   * @param ready not done, and everything it needs is
   * @param verdict {@code verified}, {@code reported}, {@code forced} or empty
   * @param claimUntil epoch milliseconds, 0 when nobody claimed it
   * @param boxes tasks that have a box
   */
  public record PhaseEntry(
      int index,
      String title,
      String headline,
      boolean done,
      boolean ready,
      boolean forced,
      String verdict,
      String claimedBy,
      long claimUntil,
      int ticked,
      int boxes) {

    /** Who holds it at this time, empty when nobody does. */
    public String holder(Instant now) {
      return claimUntil > now.toEpochMilli() ? claimedBy : "";
    }
  }

  public PlanEntry {
    phases = List.copyOf(phases);
  }

  public boolean open() {
    return Status.open(status);
  }

  public static PlanEntry of(Plan plan, History history) {
    String stated = plan.front().value("updated");
    String last = history.lastChange().map(Instant::toString).orElse("");
    String created = plan.created();
    Optional<Event> interrupted =
        history.last(Kind.INTERRUPTED).filter(e -> plan.status().equals(Status.INTERRUPTED));
    return new PlanEntry(
        plan.file(),
        plan.id(),
        plan.description(),
        plan.status(),
        created,
        Times.later(stated.isEmpty() ? created : stated, last),
        plan.owner(),
        plan.damage().map(p -> p.where() + ": " + p.found()).orElse(""),
        Status.open(plan.status()) ? history.active().map(Event::who).orElse("") : "",
        interrupted.map(e -> e.at().toEpochMilli()).orElse(0L),
        Times.read(created).map(Instant::toEpochMilli).orElse(0L),
        plan.phases().stream().map(phase -> phase(plan, history, phase)).toList());
  }

  private static PhaseEntry phase(Plan plan, History history, Phase phase) {
    PhaseState state = history.phase(phase);
    Optional<Event> claim = phase.done() ? Optional.empty() : state.claim();
    return new PhaseEntry(
        phase.index(),
        phase.title(),
        phase.headline(),
        phase.done(),
        !phase.done() && plan.missing(phase).isEmpty(),
        state.forced(),
        phase.done() ? verdict(state) : "",
        claim.map(Event::who).orElse(""),
        claim.map(e -> PhaseState.until(e).toEpochMilli()).orElse(0L),
        (int) phase.tasks().stream().filter(t -> t.mark() == Mark.DONE).count(),
        (int) phase.boxes());
  }

  private static String verdict(PhaseState state) {
    return state.current().map(e -> e.text("verdict")).orElse("reported");
  }
}
