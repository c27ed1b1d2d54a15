package dev.flotilla.node.core;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Need;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What people and manifests order, folded into the cells. Pure; every method gives a new map. */
public final class Orders {
  private Orders() {}

  /** An agent and where it runs, as seen from this node. */
  public record Placed(Agent agent, Cell.Place place) {}

  /**
   * The world a manifest asks for. What runs and did not change stays untouched; what is no longer
   * in the manifest is not wanted any more; everything else is wanted, also what somebody had
   * stopped or what had failed.
   */
  public static Map<AgentId, Cell> apply(Map<AgentId, Cell> world, Map<AgentId, Placed> manifest) {
    Set<AgentId> jobs = jobs(manifest);
    Map<AgentId, Cell> next = new LinkedHashMap<>();
    manifest.forEach(
        (id, placed) -> {
          boolean job = jobs.contains(id);
          Cell before = world.get(id);
          next.put(
              id,
              before == null
                  ? Cell.of(placed.agent(), placed.place(), job)
                  : wanted(before.withAgent(placed.agent(), placed.place(), job), before));
        });
    world.forEach(
        (id, cell) -> {
          if (!manifest.containsKey(id) && cell.busy() && cell.place() != Cell.Place.ELSEWHERE) {
            next.put(id, cell.withWanted(false, false, false));
          }
        });
    return next;
  }

  private static Cell wanted(Cell cell, Cell before) {
    if (cell.place() == Cell.Place.ELSEWHERE) {
      return cell;
    }
    boolean done =
        cell.phase() instanceof Phase.Ended ended
            && ended.success()
            && cell.spec().equals(before.spec());
    return done ? cell : fresh(cell.withWanted(true, cell.demanded(), cell.restart()));
  }

  /** The world with one more agent, or the same agent with another program. */
  public static Map<AgentId, Cell> join(Map<AgentId, Cell> world, Placed placed) {
    Map<AgentId, Cell> next = new LinkedHashMap<>(world);
    next.compute(
        placed.agent().id(),
        (id, before) ->
            before == null
                ? Cell.of(placed.agent(), placed.place(), false)
                : wanted(before.withAgent(placed.agent(), placed.place(), false), before));
    return next;
  }

  /** Only the given agents without those that are no longer in the manifest and have ended. */
  public static Map<AgentId, Cell> prune(Map<AgentId, Cell> world, Set<AgentId> manifest) {
    Map<AgentId, Cell> next = new LinkedHashMap<>();
    world.forEach(
        (id, cell) -> {
          if (manifest.contains(id) || cell.busy()) {
            next.put(id, cell);
          }
        });
    return next;
  }

  /**
   * Somebody asks for an agent; what it needs is asked for too, since it could not start without.
   */
  public static Map<AgentId, Cell> start(Map<AgentId, Cell> world, AgentId id) {
    Map<AgentId, Cell> next = new LinkedHashMap<>(world);
    start(next, id, new HashSet<>());
    return next;
  }

  private static void start(Map<AgentId, Cell> world, AgentId id, Set<AgentId> visited) {
    Cell cell = world.get(id);
    if (cell == null || !visited.add(id) || cell.place() == Cell.Place.ELSEWHERE) {
      return;
    }
    boolean completed = cell.phase() instanceof Phase.Ended ended && ended.success();
    if (visited.size() == 1 || !completed) {
      world.put(id, fresh(cell.withWanted(true, true, cell.restart())));
    }
    for (Need need : cell.agent().needs()) {
      start(world, need.agent(), visited);
    }
  }

  /** Somebody asks an agent to stop; those that need it go on, degraded. */
  public static Map<AgentId, Cell> stop(Map<AgentId, Cell> world, AgentId id) {
    Map<AgentId, Cell> next = new LinkedHashMap<>(world);
    next.computeIfPresent(id, (key, cell) -> cell.withWanted(false, false, false));
    return next;
  }

  /** Somebody asks for a new process of an agent, running or not. */
  public static Map<AgentId, Cell> restart(Map<AgentId, Cell> world, AgentId id) {
    Map<AgentId, Cell> next = start(world, id);
    next.computeIfPresent(
        id, (key, cell) -> cell.busy() ? cell.withWanted(true, true, true) : cell);
    return next;
  }

  /** Everything on this machine is to stop. */
  public static Map<AgentId, Cell> down(Map<AgentId, Cell> world) {
    Map<AgentId, Cell> next = new LinkedHashMap<>();
    world.forEach((id, cell) -> next.put(id, cell.withWanted(false, false, false)));
    return next;
  }

  /** Without memory of failures and without a wait. */
  private static Cell fresh(Cell cell) {
    Phase phase =
        switch (cell.phase()) {
          case Phase.Idle idle -> idle;
          case Phase.Delayed ignored -> new Phase.Idle();
          case Phase.Blocked ignored -> new Phase.Idle();
          case Phase.Ended ignored -> new Phase.Idle();
          case Phase.Launching launching -> launching;
          case Phase.Up up -> up;
          case Phase.Leaving leaving -> leaving;
        };
    return phase.equals(cell.phase())
        ? cell
        : cell.withPhase(phase).withHistory(cell.history().stable());
  }

  /** Whom somebody waits for to complete. */
  private static Set<AgentId> jobs(Map<AgentId, Placed> manifest) {
    Set<AgentId> jobs = new HashSet<>();
    for (Placed placed : manifest.values()) {
      for (Need need : placed.agent().needs()) {
        if (need.condition() instanceof Need.Completed) {
          jobs.add(need.agent());
        }
      }
    }
    return jobs;
  }
}
