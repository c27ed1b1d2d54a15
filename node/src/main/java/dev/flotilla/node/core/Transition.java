package dev.flotilla.node.core;

import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Restart;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Folds what happened into what is known of an agent. Pure. */
public final class Transition {

  /** How long a start that was refused for an outside reason waits before the next try. */
  static final Duration RETRY = Duration.ofMillis(500);

  private Transition() {}

  /**
   * The cell after an event.
   *
   * @param draw a random number from 0 to 1 for the jitter of a restart
   */
  public static Cell after(Cell cell, Event event, Moment now, double draw) {
    return switch (event) {
      case Event.Started started -> started(cell, started, now);
      case Event.Refused refused -> refused(cell, refused, now);
      case Event.Adopted adopted -> adopted(cell, adopted);
      case Event.Gone gone -> gone(cell, gone, now, draw);
      case Event.Probed probed -> probed(cell, probed, now);
      case Event.LineSeen line -> lineSeen(cell, line);
      case Event.Trouble trouble -> cell.withTrouble(trouble.text());
      case Event.SeenElsewhere seen -> seenElsewhere(cell, seen, now);
    };
  }

  /** The cell once the node has begun to carry out an action. */
  public static Cell begun(Cell cell, Action action, Moment now) {
    return switch (action) {
      case Action.Launch launch ->
          cell.withPhase(new Phase.Launching(launch.run(), now))
              .withWanted(cell.wanted(), cell.demanded(), false);
      case Action.Terminate end ->
          cell.withPhase(new Phase.Leaving(end.run(), end.cause(), now))
              .withWanted(cell.wanted(), cell.demanded(), false);
    };
  }

  private static Cell started(Cell cell, Event.Started event, Moment now) {
    if (!(cell.phase() instanceof Phase.Launching launching)
        || !launching.run().equals(event.run())) {
      return cell;
    }
    Phase.Run run = Phase.Run.started(event.run(), event.pid(), now, event.limits());
    return cell.withPhase(new Phase.Up(run)).withHistory(cell.history().launched());
  }

  private static Cell refused(Cell cell, Event.Refused event, Moment now) {
    if (!(cell.phase() instanceof Phase.Launching launching)
        || !launching.run().equals(event.run())) {
      return cell;
    }
    return cell.withPhase(
        event.retry()
            ? new Phase.Blocked(now.plus(RETRY), event.why())
            : new Phase.Ended(false, event.why()));
  }

  private static Cell adopted(Cell cell, Event.Adopted event) {
    Phase.Run run =
        new Phase.Run(
            event.run(),
            event.pid(),
            event.started(),
            event.readyAt(),
            ProbeHistory.NONE,
            ProbeHistory.NONE,
            Set.of(),
            event.limits());
    return cell.withPhase(new Phase.Up(run))
        .withHistory(new RestartHistory(event.launches(), 0, Optional.empty()))
        .withWanted(cell.wanted(), true, false);
  }

  private static Cell gone(Cell cell, Event.Gone event, Moment now, double draw) {
    return switch (cell.phase()) {
      case Phase.Up up when up.run().id().equals(event.run()) ->
          afterEnd(
              cell.withEnd(event.exit().label(), event.lastWords()),
              up.run(),
              event.exit(),
              now,
              draw);
      case Phase.Leaving leaving when leaving.run().id().equals(event.run()) -> {
        Cell ended = cell.withEnd(event.exit().label(), event.lastWords());
        yield switch (leaving.cause()) {
          case UNWANTED, RESTART, CHANGED ->
              ended.withPhase(new Phase.Idle()).withHistory(ended.history().stable());
          case HUNG ->
              afterEnd(
                  ended.withEnd("hung", event.lastWords()),
                  leaving.run(),
                  new Exit.Reported("hung", false),
                  now,
                  draw);
        };
      }
      case Phase.Up ignored -> cell;
      case Phase.Leaving ignored -> cell;
      case Phase.Idle ignored -> cell;
      case Phase.Delayed ignored -> cell;
      case Phase.Blocked ignored -> cell;
      case Phase.Launching ignored -> cell;
      case Phase.Ended ignored -> cell;
    };
  }

  private static Cell afterEnd(Cell cell, Phase.Run run, Exit exit, Moment now, double draw) {
    return switch (RestartPolicy.next(
        policy(cell), cell.history(), exit, now.since(run.started()), now, draw)) {
      case RestartPolicy.Decision.Again again ->
          cell.withPhase(new Phase.Delayed(now.plus(again.delay()))).withHistory(again.history());
      case RestartPolicy.Decision.Done done ->
          cell.withPhase(new Phase.Ended(true, AgentStatus.COMPLETED)).withHistory(done.history());
      case RestartPolicy.Decision.GiveUp giveUp ->
          cell.withPhase(new Phase.Ended(false, giveUp.reason())).withHistory(giveUp.history());
    };
  }

  /** A job that others wait for to complete is not started again after it did its work. */
  private static Restart policy(Cell cell) {
    Restart restart = cell.agent().restart();
    return cell.jobFor() && restart.policy() == Restart.Policy.ALWAYS
        ? new Restart(
            Restart.Policy.ON_FAILURE,
            restart.backoff(),
            restart.maxBackoff(),
            restart.jitter(),
            restart.resetAfter(),
            restart.maxRestarts())
        : restart;
  }

  private static Cell probed(Cell cell, Event.Probed event, Moment now) {
    if (!(cell.phase() instanceof Phase.Up up) || !up.run().id().equals(event.run())) {
      return cell;
    }
    Phase.Run run = up.run();
    ProbeHistory liveness = run.liveness();
    ProbeHistory readiness = run.readiness();
    switch (event.kind()) {
      case LIVENESS -> {
        if (cell.agent().liveness().isPresent()) {
          liveness =
              liveness.with(event.answer(), cell.agent().liveness().get(), run.started(), now);
        }
        if (cell.agent().readiness().isEmpty()) {
          readiness = liveness;
        }
      }
      case READINESS -> {
        if (cell.agent().readiness().isPresent()) {
          readiness =
              readiness.with(event.answer(), cell.agent().readiness().get(), run.started(), now);
        }
      }
    }
    boolean unchanged = liveness.equals(run.liveness()) && readiness.equals(run.readiness());
    if (unchanged) {
      return cell;
    }
    Optional<Instant> readyAt =
        run.readyAt().isPresent() || !readiness.passing() ? run.readyAt() : Optional.of(now.wall());
    Phase.Run next =
        new Phase.Run(
            run.id(),
            run.pid(),
            run.started(),
            readyAt,
            liveness,
            readiness,
            run.seen(),
            run.limits());
    return cell.withPhase(new Phase.Up(next));
  }

  private static Cell lineSeen(Cell cell, Event.LineSeen event) {
    if (!(cell.phase() instanceof Phase.Up up) || !up.run().id().equals(event.run())) {
      return cell;
    }
    Phase.Run run = up.run();
    Set<String> seen = new HashSet<>(run.seen());
    seen.add(event.text());
    return cell.withPhase(
        new Phase.Up(
            new Phase.Run(
                run.id(),
                run.pid(),
                run.started(),
                run.readyAt(),
                run.liveness(),
                run.readiness(),
                seen,
                run.limits())));
  }

  private static Cell seenElsewhere(Cell cell, Event.SeenElsewhere event, Moment now) {
    if (cell.place() != Cell.Place.ELSEWHERE) {
      return cell;
    }
    if (event.completed()) {
      return cell.withPhase(new Phase.Ended(true, AgentStatus.COMPLETED));
    }
    if (!event.started()) {
      return cell.withPhase(new Phase.Idle());
    }
    ProbeHistory history = event.ready() ? ProbeHistory.PASSING : ProbeHistory.NONE;
    return cell.withPhase(
        new Phase.Up(
            new Phase.Run(
                new RunId("elsewhere"), 0, now, Optional.empty(), history, history, Set.of(), "")));
  }
}
