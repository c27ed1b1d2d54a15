package dev.flotilla.node.core;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Probe;
import java.util.Optional;

/**
 * All a node knows and wants of one agent. Immutable.
 *
 * @param agent as the manifest has it now
 * @param spec the hash of what is to run, see {@link SpecHash}
 * @param place where it runs
 * @param wanted whether it is meant to run
 * @param demanded whether somebody asked for a lazy agent
 * @param restart whether somebody asked for a restart that has not begun
 * @param jobFor whether another agent waits for its completion, which makes it a job: exit 0 ends
 *     it
 * @param phase where it stands
 * @param history what restart decisions look back on
 * @param lastExit how its last process ended
 * @param lastWords the end of its log when it last failed
 * @param trouble something that went wrong beside the agent, such as a full disk
 */
public record Cell(
    Agent agent,
    String spec,
    Place place,
    boolean wanted,
    boolean demanded,
    boolean restart,
    boolean jobFor,
    Phase phase,
    RestartHistory history,
    Optional<String> lastExit,
    String lastWords,
    String trouble) {

  /** Where an agent runs. */
  public enum Place {
    /** Supervised by this node. */
    HERE,
    /** Supervised by this node and shown to nobody: the JVM of a group. */
    HIDDEN,
    /** On another machine; only seen. */
    ELSEWHERE
  }

  public static Cell of(Agent agent, Place place, boolean jobFor) {
    return new Cell(
        agent,
        SpecHash.of(agent),
        place,
        place != Place.ELSEWHERE,
        false,
        false,
        jobFor,
        new Phase.Idle(),
        RestartHistory.NONE,
        Optional.empty(),
        "",
        "");
  }

  public AgentId id() {
    return agent.id();
  }

  /** Whether it should have a process now, were its needs to hold. */
  public boolean due() {
    return wanted && (!agent.lazy() || demanded) && place != Place.ELSEWHERE;
  }

  /** Its process, while it has one. */
  public Optional<Phase.Run> run() {
    return switch (phase) {
      case Phase.Up up -> Optional.of(up.run());
      case Phase.Leaving leaving -> Optional.of(leaving.run());
      case Phase.Idle ignored -> Optional.empty();
      case Phase.Delayed ignored -> Optional.empty();
      case Phase.Blocked ignored -> Optional.empty();
      case Phase.Launching ignored -> Optional.empty();
      case Phase.Ended ignored -> Optional.empty();
    };
  }

  /** Whether it has or may have a process. */
  public boolean busy() {
    return phase instanceof Phase.Launching || run().isPresent();
  }

  /** The probe that says whether it is ready. */
  public Optional<Probe> readinessProbe() {
    return agent.readiness().or(agent::liveness);
  }

  /** Whether it runs and its readiness probe passes, or it has none. */
  public boolean ready() {
    return phase instanceof Phase.Up up
        && (readinessProbe().isEmpty() || up.run().readiness().passing());
  }

  public Cell withPhase(Phase next) {
    return new Cell(
        agent, spec, place, wanted, demanded, restart, jobFor, next, history, lastExit, lastWords,
        trouble);
  }

  public Cell withHistory(RestartHistory next) {
    return new Cell(
        agent, spec, place, wanted, demanded, restart, jobFor, phase, next, lastExit, lastWords,
        trouble);
  }

  public Cell withWanted(boolean nextWanted, boolean nextDemanded, boolean nextRestart) {
    return new Cell(
        agent,
        spec,
        place,
        nextWanted,
        nextDemanded,
        nextRestart,
        jobFor,
        phase,
        history,
        lastExit,
        lastWords,
        trouble);
  }

  public Cell withEnd(String exit, String words) {
    return new Cell(
        agent,
        spec,
        place,
        wanted,
        demanded,
        restart,
        jobFor,
        phase,
        history,
        Optional.of(exit),
        words,
        trouble);
  }

  public Cell withTrouble(String text) {
    return new Cell(
        agent, spec, place, wanted, demanded, restart, jobFor, phase, history, lastExit, lastWords,
        text);
  }

  /** As the changed manifest has it; what was observed stays. */
  public Cell withAgent(Agent next, Place nextPlace, boolean nextJobFor) {
    return new Cell(
        next,
        SpecHash.of(next),
        nextPlace,
        wanted,
        demanded,
        restart,
        nextJobFor,
        phase,
        history,
        lastExit,
        lastWords,
        trouble);
  }
}
