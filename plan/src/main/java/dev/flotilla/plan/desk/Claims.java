package dev.flotilla.plan.desk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.model.Position;
import dev.flotilla.model.Problem;
import dev.flotilla.plan.Phase;
import dev.flotilla.plan.Plan;
import dev.flotilla.plan.PlanRefused;
import dev.flotilla.plan.event.Event;
import dev.flotilla.plan.event.EventLog;
import dev.flotilla.plan.event.Kind;
import dev.flotilla.plan.event.PhaseState;
import dev.flotilla.plan.store.Change;
import dev.flotilla.plan.store.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Claims on phases, each for a time: who holds one is the only one to work on it. */
public final class Claims {
  /** How long a claim holds unless it is renewed. */
  public static final Duration LEASE = Duration.ofMinutes(30);

  private final Desk desk;

  public Claims(Desk desk) {
    this.desk = desk;
  }

  /** A claim that was given. */
  public record Claimed(String id, int phase, String title, String who, Instant until) {}

  /**
   * Claims a phase, or renews the claim.
   *
   * @param index the phase, −1 for the first that is ready and free
   */
  public Claimed claim(String id, int index, Duration lease) {
    String file = desk.store().find(id);
    Claimed claimed = desk.store().change(file, desk.who(), now -> claim(now, index, lease));
    new Flow(desk).interruptOthers(file);
    return claimed;
  }

  private Change<Claimed> claim(Stored now, int index, Duration lease) {
    Plan plan = now.plan();
    Phase phase = index >= 0 ? Desk.phase(now, index) : firstFree(now);
    Position where = new Position(plan.file() + ".md", phase.line(), 0);
    if (phase.done()) {
      throw new PlanRefused(
          where.toString(),
          "PHASE " + phase.index() + " is done",
          "an open phase",
          "see flotilla plan next");
    }
    holder(desk, now, phase)
        .ifPresent(
            claim -> {
              throw new PlanRefused(List.of(refusal(desk, where, plan, phase, claim)));
            });
    ObjectNode data = EventLog.data().put("lease", lease.toSeconds());
    return new Change<>(
        plan.text(),
        List.of(Texts.event(Kind.CLAIMED, phase, data)),
        new Claimed(plan.id(), phase.index(), phase.title(), desk.who(), desk.now().plus(lease)));
  }

  private Phase firstFree(Stored now) {
    return now.plan().phases().stream()
        .filter(phase -> !phase.done() && now.plan().missing(phase).isEmpty())
        .filter(phase -> holder(desk, now, phase).isEmpty())
        .findFirst()
        .orElseThrow(
            () ->
                new PlanRefused(
                    now.plan().file() + ".md",
                    "no phase that is ready and free",
                    "one to claim",
                    "see flotilla plan show " + now.plan().id()));
  }

  /** Gives a phase back. Giving back what one does not hold changes nothing. */
  public boolean release(String id, int index) {
    return desk.store()
        .change(
            desk.store().find(id),
            desk.who(),
            now -> {
              Phase phase = Desk.phase(now, index);
              boolean mine =
                  now.history()
                      .phase(phase)
                      .claim(desk.now())
                      .filter(claim -> claim.who().equals(desk.who()))
                      .isPresent();
              return mine
                  ? new Change<>(
                      now.plan().text(), List.of(Texts.event(Kind.RELEASED, phase)), true)
                  : new Change<>(now.plan().text(), List.of(), false);
            });
  }

  /** The claim of someone else that holds now. */
  static Optional<Event> holder(Desk desk, Stored now, Phase phase) {
    return now.history()
        .phase(phase)
        .claim(desk.now())
        .filter(claim -> !claim.who().equals(desk.who()));
  }

  static Problem refusal(Desk desk, Position where, Plan plan, Phase phase, Event claim) {
    Duration left = Duration.between(desk.now(), PhaseState.until(claim));
    return Problem.error(
        where,
        "PHASE "
            + phase.index()
            + " is claimed by "
            + claim.who()
            + " for another "
            + Math.max(1, left.toSeconds())
            + " s",
        "a free phase",
        "take another with flotilla plan next, or wait; the claim ends by itself ("
            + plan.id()
            + ")");
  }
}
