package dev.flotilla.node.core;

import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentState;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Need;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Says in one word and one sentence how an agent is. Pure. */
public final class StatusOf {
  private static final String NOT_READY = "not ready: ";

  private StatusOf() {}

  /** Whether an agent that is so is ready, as those that need it on another machine must know. */
  public static boolean ready(AgentStatus status) {
    return switch (status.state()) {
      case HEALTHY, RUNNING -> true;
      case DEGRADED -> !status.reason().startsWith(NOT_READY);
      case WAITING, STARTING, RESTARTING, CRASH_LOOP, FAILED, STOPPED -> false;
    };
  }

  /**
   * A state and why.
   *
   * @param reason for people; empty when there is nothing to say
   * @param startsAgain when it is started again, while it waits for that alone
   */
  public record Verdict(AgentState state, String reason, Optional<Instant> startsAgain) {
    private Verdict(AgentState state, String reason) {
      this(state, reason, Optional.empty());
    }
  }

  /** The verdict on one agent, seen among the others. */
  public static Verdict cell(Cell cell, Map<AgentId, Cell> world, Moment now) {
    Verdict verdict =
        switch (cell.phase()) {
          case Phase.Idle ignored -> idle(cell, world);
          case Phase.Launching ignored -> new Verdict(AgentState.STARTING, "");
          case Phase.Blocked blocked ->
              cell.due()
                  ? new Verdict(AgentState.FAILED, blocked.why())
                  : new Verdict(AgentState.STOPPED, "");
          case Phase.Delayed delayed -> cell.due() ? delayed(cell, world, delayed, now) : stopped();
          case Phase.Up up ->
              cell.due() || cell.place() == Cell.Place.ELSEWHERE
                  ? up(cell, up.run(), world)
                  : new Verdict(AgentState.STOPPED, "waits to stop until those that need it have");
          case Phase.Leaving leaving -> leaving(leaving);
          case Phase.Ended ended -> ended(cell, ended);
        };
    return cell.trouble().isEmpty() ? verdict : withTrouble(verdict, cell.trouble());
  }

  /** Its crash-loop verdict names it from then on, whatever its phase. */
  private static boolean crashLoop(Cell cell) {
    return cell.history().failures() >= RestartPolicy.CRASH_LOOP;
  }

  private static Verdict idle(Cell cell, Map<AgentId, Cell> world) {
    if (cell.place() == Cell.Place.ELSEWHERE) {
      return new Verdict(AgentState.WAITING, "runs on " + cell.id().machine() + ", not heard from");
    }
    if (!cell.wanted()) {
      return stopped();
    }
    if (!cell.due()) {
      return new Verdict(AgentState.WAITING, AgentStatus.STARTS_ON_DEMAND);
    }
    return Needs.unmet(cell, world)
        .map(need -> new Verdict(AgentState.WAITING, waitsFor(need, world)))
        .orElseGet(() -> new Verdict(AgentState.WAITING, "waits for its turn to start"));
  }

  private static Verdict stopped() {
    return new Verdict(AgentState.STOPPED, "");
  }

  private static Verdict delayed(
      Cell cell, Map<AgentId, Cell> world, Phase.Delayed delayed, Moment now) {
    if (crashLoop(cell)) {
      return new Verdict(
          AgentState.CRASH_LOOP, crashLoopReason(cell, now), Optional.of(delayed.until().wall()));
    }
    String ended = cell.lastExit().orElse("ended");
    return Needs.unmet(cell, world)
        .map(need -> new Verdict(AgentState.RESTARTING, ended + "; " + waitsFor(need, world)))
        .orElseGet(
            () ->
                new Verdict(
                    AgentState.RESTARTING,
                    ended + words(cell),
                    Optional.of(delayed.until().wall())));
  }

  private static String crashLoopReason(Cell cell, Moment now) {
    Duration row = cell.history().firstFailure().map(now::since).orElse(Duration.ZERO);
    return "crash loop: %d ends in %s, last %s%s"
        .formatted(
            cell.history().failures(),
            seconds(row),
            cell.lastExit().orElse("not seen"),
            words(cell));
  }

  private static Verdict up(Cell cell, Phase.Run run, Map<AgentId, Cell> world) {
    if (cell.readinessProbe().isPresent() && !run.readiness().passed()) {
      boolean again = crashLoop(cell);
      return new Verdict(
          again ? AgentState.CRASH_LOOP : AgentState.STARTING,
          again
              ? "crash loop: %d ends in a row, last %s; is being tried again%s"
                  .formatted(
                      cell.history().failures(), cell.lastExit().orElse("not seen"), words(cell))
              : run.readiness().detail().isEmpty()
                  ? ""
                  : "not ready yet: " + run.readiness().detail());
    }
    if (!cell.ready()) {
      return new Verdict(AgentState.DEGRADED, NOT_READY + run.readiness().detail());
    }
    Optional<Need> unmet =
        cell.agent().needs().stream()
            .filter(need -> !(need.condition() instanceof Need.Completed))
            .filter(need -> !Needs.holds(need, world))
            .findFirst();
    if (unmet.isPresent() && !(unmet.get().condition() instanceof Need.LogLine)) {
      return new Verdict(AgentState.DEGRADED, "needs " + named(unmet.get(), world));
    }
    if (cell.readinessProbe().isEmpty()) {
      return new Verdict(
          crashLoop(cell) ? AgentState.CRASH_LOOP : AgentState.RUNNING,
          crashLoop(cell)
              ? "crash loop: %d ends in a row, last %s; runs again, not stable yet%s"
                  .formatted(
                      cell.history().failures(), cell.lastExit().orElse("not seen"), words(cell))
              : run.limits());
    }
    return new Verdict(AgentState.HEALTHY, run.limits());
  }

  private static Verdict leaving(Phase.Leaving leaving) {
    return switch (leaving.cause()) {
      case UNWANTED -> new Verdict(AgentState.STOPPED, "is stopping");
      case RESTART -> new Verdict(AgentState.RESTARTING, "restart was asked for");
      case CHANGED -> new Verdict(AgentState.RESTARTING, "the manifest changed");
      case HUNG ->
          new Verdict(
              AgentState.RESTARTING,
              "hung: " + leaving.run().liveness().detail() + "; is being replaced");
    };
  }

  private static Verdict ended(Cell cell, Phase.Ended ended) {
    return ended.success()
        ? new Verdict(AgentState.STOPPED, ended.why())
        : cell.wanted() ? new Verdict(AgentState.FAILED, ended.why() + words(cell)) : stopped();
  }

  private static Verdict withTrouble(Verdict verdict, String trouble) {
    AgentState state =
        switch (verdict.state()) {
          case HEALTHY, RUNNING -> AgentState.DEGRADED;
          case WAITING, STARTING, DEGRADED, RESTARTING, CRASH_LOOP, FAILED, STOPPED ->
              verdict.state();
        };
    return new Verdict(
        state,
        verdict.reason().isEmpty() ? trouble : verdict.reason() + "; " + trouble,
        verdict.startsAgain());
  }

  private static String waitsFor(Need need, Map<AgentId, Cell> world) {
    return switch (need.condition()) {
      case Need.Started ignored -> "waits for " + named(need, world);
      case Need.Healthy ignored -> "waits for " + named(need, world);
      case Need.Completed ignored -> "waits for " + named(need, world) + " to complete";
      case Need.LogLine line ->
          "waits for \"" + line.text() + "\" in the log of " + named(need, world);
    };
  }

  /** The other agent with its state, and with its reason where it will not come by itself. */
  private static String named(Need need, Map<AgentId, Cell> world) {
    Cell other = world.get(need.agent());
    if (other == null) {
      return need.agent() + " (not in the manifest)";
    }
    String name = displayName(other, world);
    if (other.place() == Cell.Place.ELSEWHERE) {
      return name
          + (other.busy()
              ? " (on another machine, not ready)"
              : " (on another machine, not heard from)");
    }
    return switch (other.phase()) {
      case Phase.Idle ignored -> name + (other.wanted() ? " (waiting)" : " (stopped)");
      case Phase.Launching ignored -> name + " (starting)";
      case Phase.Up up -> name + (up.run().readiness().passed() ? " (not ready)" : " (starting)");
      case Phase.Leaving leaving ->
          name + (leaving.cause() == Phase.Cause.UNWANTED ? " (stopping)" : " (restarting)");
      case Phase.Delayed ignored ->
          name
              + (!other.due()
                  ? " (stopped)"
                  : crashLoop(other) ? " (crash loop)" : " (restarting)");
      case Phase.Blocked blocked -> name + " (failed: " + blocked.why() + ")";
      case Phase.Ended ended ->
          name + (ended.success() ? " (stopped)" : " (failed: " + ended.why() + ")");
    };
  }

  private static String displayName(Cell other, Map<AgentId, Cell> world) {
    AgentId id = other.id();
    boolean unique =
        world.keySet().stream().filter(key -> key.name().equals(id.name())).count() <= 1;
    return unique ? id.name() : id.toString();
  }

  private static String words(Cell cell) {
    return cell.lastWords().isBlank() ? "" : "; its log ends: " + cell.lastWords();
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() < 10_000
        ? String.format(Locale.ROOT, "%.1f s", Math.max(0, duration.toMillis()) / 1000.0)
        : duration.toSeconds() + " s";
  }
}
