package dev.flotilla.node.core;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Need;
import dev.flotilla.model.StopPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Says what to do now so that what runs comes closer to what should run. Pure: the same cells, pace
 * and moment give the same actions.
 *
 * <p>An agent is started the moment its own needs hold and its turn has come, without waiting for a
 * wave; where turns are few, the longest chain of needs goes first. Agents are stopped in reverse:
 * one that is not wanted any more is told to end once none of those that need it and are leaving
 * too is left.
 */
public final class Reconciler {

  /** A hung process is given this long to end by itself before it is killed. */
  static final Duration HUNG_GRACE = Duration.ofMillis(300);

  private Reconciler() {}

  /**
   * The actions due now, those first that stop something.
   *
   * @param runs makes the identity of the next run of a spec
   */
  public static List<Action> actions(
      Map<AgentId, Cell> world, Pace pace, Moment now, Function<String, RunId> runs) {
    List<Action> actions = new ArrayList<>();
    Set<AgentId> heldUp = neededByLeaving(world);
    Set<AgentId> told = new HashSet<>();
    for (Cell cell : world.values()) {
      if (cell.phase() instanceof Phase.Up up) {
        leaveCause(cell, up.run())
            .filter(cause -> cause != Phase.Cause.UNWANTED || !heldUp.contains(cell.id()))
            .ifPresent(
                cause -> {
                  told.add(cell.id());
                  actions.add(
                      new Action.Terminate(
                          cell.agent(), up.run(), cause, stopPolicy(cell.agent(), cause)));
                });
      }
    }
    List<Cell> startable =
        world.values().stream()
            .filter(cell -> startable(cell, now))
            .filter(cell -> Needs.unmet(cell, world).isEmpty())
            .filter(c -> c.agent().needs().stream().noneMatch(need -> told.contains(need.agent())))
            .toList();
    Set<AgentId> turns = turns(startable, world, pace.atOnce() - starting(world, pace, now));
    for (Cell cell : startable) {
      if (cell.readinessProbe().isEmpty() || turns.contains(cell.id())) {
        actions.add(
            new Action.Launch(
                cell.agent(), runs.apply(cell.spec()), cell.history().launches() + 1));
      }
    }
    return actions;
  }

  /**
   * Whose turn it is of those that take one: first those for whom the longest chain of others
   * waits, since the fleet is up no sooner than its longest chain.
   */
  private static Set<AgentId> turns(List<Cell> startable, Map<AgentId, Cell> world, int free) {
    List<AgentId> takers =
        startable.stream().filter(cell -> cell.readinessProbe().isPresent()).map(Cell::id).toList();
    if (takers.size() <= free) {
      return Set.copyOf(takers);
    }
    Map<AgentId, Integer> behind = Chains.behind(world);
    return takers.stream()
        .sorted(Comparator.comparing((AgentId id) -> behind.getOrDefault(id, 0)).reversed())
        .limit(Math.max(0, free))
        .collect(Collectors.toSet());
  }

  /** The earliest moment at which time alone may make an action due. */
  public static Optional<Moment> nextWake(Map<AgentId, Cell> world, Pace pace, Moment now) {
    Moment earliest = null;
    for (Cell cell : world.values()) {
      Moment due =
          switch (cell.phase()) {
            case Phase.Delayed delayed when !now.reached(delayed.until()) -> delayed.until();
            case Phase.Blocked blocked when !now.reached(blocked.until()) -> blocked.until();
            case Phase.Up up when takesTurn(cell, pace, now) ->
                up.run().started().plus(pace.turn());
            case Phase.Delayed ignored -> null;
            case Phase.Blocked ignored -> null;
            case Phase.Up ignored -> null;
            case Phase.Idle ignored -> null;
            case Phase.Launching ignored -> null;
            case Phase.Leaving ignored -> null;
            case Phase.Ended ignored -> null;
          };
      if (due != null && (earliest == null || earliest.reached(due))) {
        earliest = due;
      }
    }
    return Optional.ofNullable(earliest);
  }

  /** Why an agent that runs should be told to end now. */
  private static Optional<Phase.Cause> leaveCause(Cell cell, Phase.Run run) {
    if (cell.place() == Cell.Place.ELSEWHERE) {
      return Optional.empty();
    }
    if (!cell.due()) {
      return Optional.of(Phase.Cause.UNWANTED);
    }
    if (!run.id().spec().equals(cell.spec())) {
      return Optional.of(Phase.Cause.CHANGED);
    }
    if (cell.restart()) {
      return Optional.of(Phase.Cause.RESTART);
    }
    return cell.agent().liveness().filter(run.liveness()::exhausted).map(p -> Phase.Cause.HUNG);
  }

  private static StopPolicy stopPolicy(Agent agent, Phase.Cause cause) {
    return switch (cause) {
      case UNWANTED, RESTART, CHANGED -> agent.stop();
      case HUNG ->
          new StopPolicy(
              agent.stop().signal(),
              agent.stop().grace().compareTo(HUNG_GRACE) < 0 ? agent.stop().grace() : HUNG_GRACE);
    };
  }

  /** Whom agents need that are to leave and are not gone yet. */
  private static Set<AgentId> neededByLeaving(Map<AgentId, Cell> world) {
    Set<AgentId> needed = new HashSet<>();
    for (Cell cell : world.values()) {
      if (!cell.due() && cell.busy() && cell.place() != Cell.Place.ELSEWHERE) {
        for (Need need : cell.agent().needs()) {
          needed.add(need.agent());
        }
      }
    }
    return needed;
  }

  private static boolean startable(Cell cell, Moment now) {
    return cell.due()
        && switch (cell.phase()) {
          case Phase.Idle ignored -> true;
          case Phase.Delayed delayed -> now.reached(delayed.until());
          case Phase.Blocked blocked -> now.reached(blocked.until());
          case Phase.Launching ignored -> false;
          case Phase.Up ignored -> false;
          case Phase.Leaving ignored -> false;
          case Phase.Ended ignored -> false;
        };
  }

  private static int starting(Map<AgentId, Cell> world, Pace pace, Moment now) {
    int count = 0;
    for (Cell cell : world.values()) {
      if (takesTurn(cell, pace, now)) {
        count++;
      }
    }
    return count;
  }

  private static boolean takesTurn(Cell cell, Pace pace, Moment now) {
    if (cell.readinessProbe().isEmpty() || cell.place() == Cell.Place.ELSEWHERE) {
      return false;
    }
    return switch (cell.phase()) {
      case Phase.Launching ignored -> true;
      case Phase.Up up ->
          !up.run().readiness().passed()
              && now.since(up.run().started()).compareTo(pace.turn()) < 0;
      case Phase.Idle ignored -> false;
      case Phase.Delayed ignored -> false;
      case Phase.Blocked ignored -> false;
      case Phase.Leaving ignored -> false;
      case Phase.Ended ignored -> false;
    };
  }
}
