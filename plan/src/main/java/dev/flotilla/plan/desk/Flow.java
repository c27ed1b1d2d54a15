package dev.flotilla.plan.desk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.plan.Phase;
import dev.flotilla.plan.PlanRefused;
import dev.flotilla.plan.Status;
import dev.flotilla.plan.event.Event;
import dev.flotilla.plan.event.EventLog;
import dev.flotilla.plan.event.Kind;
import dev.flotilla.plan.store.Change;
import dev.flotilla.plan.store.Draft;
import dev.flotilla.plan.store.PlanEntry;
import dev.flotilla.plan.store.Stored;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What to do now, and the stack of what was interrupted for something else. */
public final class Flow {
  private final Desk desk;

  public Flow(Desk desk) {
    this.desk = desk;
  }

  /**
   * A phase that can be worked on now.
   *
   * @param claimedBy empty, or the actor's own name
   */
  public record Ready(
      String id, String description, int phase, String title, String claimedBy, String status) {}

  /** Phases that are ready and not held by someone else: one's own first, then the newest plans. */
  public List<Ready> next() {
    List<Ready> ready = new ArrayList<>();
    for (PlanEntry entry : desk.store().list()) {
      if (entry.open() && entry.damage().isEmpty()) {
        for (PlanEntry.PhaseEntry phase : entry.phases()) {
          String holder = phase.holder(desk.now());
          if (phase.ready() && (holder.isEmpty() || holder.equals(desk.who()))) {
            ready.add(
                new Ready(
                    entry.id(),
                    entry.description(),
                    phase.index(),
                    phase.title(),
                    holder,
                    entry.status()));
          }
        }
      }
    }
    ready.sort(
        Comparator.comparing((Ready r) -> r.claimedBy().isEmpty())
            .thenComparing(r -> r.status().equals(Status.INTERRUPTED)));
    return ready;
  }

  /** Sets a plan aside; without an id, the one the actor works on. */
  public String interrupt(Optional<String> id, String reason) {
    String file = id.map(desk.store()::find).orElseGet(this::current);
    return desk.store().change(file, desk.who(), now -> interrupted(now, reason));
  }

  private String current() {
    return desk.store().list().stream()
        .filter(e -> e.activeBy().equals(desk.who()) && e.status().equals(Status.IN_PROGRESS))
        .max(Comparator.comparing(PlanEntry::updated))
        .map(PlanEntry::file)
        .orElseThrow(
            () ->
                new PlanRefused(
                    desk.store().layout().folder().toString(),
                    "no plan that " + desk.who() + " works on",
                    "one to interrupt",
                    "name it: flotilla plan interrupt ID"));
  }

  private Change<String> interrupted(Stored now, String reason) {
    if (!Status.open(now.plan().status()) || now.plan().status().equals(Status.INTERRUPTED)) {
      return new Change<>(now.plan().text(), List.of(), now.plan().id());
    }
    List<Draft> events = new ArrayList<>();
    ObjectNode data = EventLog.data();
    if (!reason.isBlank()) {
      data.put("reason", reason);
    }
    Optional<Phase> held = held(now);
    held.ifPresent(
        phase -> {
          Event claim = now.history().phase(phase).claim().orElseThrow();
          data.put("lease", claim.number("lease", (double) Claims.LEASE.toSeconds()));
        });
    events.add(
        held.map(phase -> Texts.event(Kind.INTERRUPTED, phase, data))
            .orElseGet(() -> Draft.of(Kind.INTERRUPTED, data)));
    String text = Texts.status(now.plan(), now.plan().text(), Status.INTERRUPTED, true);
    return new Change<>(text, events, now.plan().id());
  }

  private Optional<Phase> held(Stored now) {
    return now.plan().phases().stream()
        .filter(phase -> !phase.done())
        .filter(
            phase ->
                now.history()
                    .phase(phase)
                    .claim(desk.now())
                    .filter(claim -> claim.who().equals(desk.who()))
                    .isPresent())
        .findFirst();
  }

  /** Starting something sets aside what the actor was at. */
  void interruptOthers(String file) {
    for (PlanEntry entry : desk.store().list()) {
      boolean mine =
          entry.activeBy().equals(desk.who())
              && entry.status().equals(Status.IN_PROGRESS)
              && !entry.file().equals(file)
              && entry.phases().stream()
                  .anyMatch(p -> !p.done() && p.holder(desk.now()).equals(desk.who()));
      if (mine && entry.damage().isEmpty()) {
        desk.store().change(entry.file(), desk.who(), now -> interrupted(now, "started " + file));
      }
    }
  }

  /** Takes up a plan again, with the phase that was claimed; without an id, the latest one. */
  public String resume(Optional<String> id) {
    String file = id.map(desk.store()::find).orElseGet(this::latestInterrupted);
    String resumed = desk.store().change(file, desk.who(), this::resumed);
    interruptOthers(file);
    return resumed;
  }

  private String latestInterrupted() {
    return desk.store().list().stream()
        .filter(e -> e.status().equals(Status.INTERRUPTED))
        .max(Comparator.comparingLong(PlanEntry::interruptedAt))
        .map(PlanEntry::file)
        .orElseThrow(
            () ->
                new PlanRefused(
                    desk.store().layout().folder().toString(),
                    "no plan that was interrupted",
                    "one to resume",
                    "see flotilla plan next"));
  }

  private Change<String> resumed(Stored now) {
    if (!now.plan().status().equals(Status.INTERRUPTED)) {
      return new Change<>(now.plan().text(), List.of(), now.plan().id());
    }
    List<Draft> events = new ArrayList<>();
    events.add(Draft.of(Kind.RESUMED));
    now.history()
        .last(Kind.INTERRUPTED)
        .filter(e -> e.phase() >= 0 && e.who().equals(desk.who()))
        .flatMap(e -> now.plan().phase(e.phase()).map(phase -> claimAgain(now, phase, e)))
        .ifPresent(events::addAll);
    String text = Texts.status(now.plan(), now.plan().text(), Status.IN_PROGRESS, true);
    return new Change<>(text, events, now.plan().id());
  }

  private List<Draft> claimAgain(Stored now, Phase phase, Event interrupted) {
    if (phase.done() || Claims.holder(desk, now, phase).isPresent()) {
      return List.of();
    }
    ObjectNode data =
        EventLog.data()
            .put("lease", interrupted.number("lease", (double) Claims.LEASE.toSeconds()));
    return List.of(Texts.event(Kind.CLAIMED, phase, data));
  }
}
