package dev.flotilla.hub.twin;

import dev.flotilla.model.AgentId;
import java.util.Comparator;
import java.util.List;

/**
 * What a failure does to one other agent.
 *
 * @param distance over how many needs the failure reaches it
 * @param path from what failed to this agent
 * @param reason in words for people
 */
public record Effect(
    AgentId agent,
    String group,
    boolean required,
    Kind kind,
    int distance,
    List<AgentId> path,
    String reason) {

  /** How bad it is. */
  public enum Kind {
    /** It is on what failed. */
    DOWN,
    /** It runs on without something that it needs. */
    BREAKS,
    /** It runs on, and could not be started again. */
    NEXT_START_WAITS
  }

  /** Required agents first, then the worst, then the nearest. */
  public static final Comparator<Effect> ORDER =
      Comparator.comparing((Effect e) -> !e.required())
          .thenComparing(Effect::kind)
          .thenComparingInt(Effect::distance)
          .thenComparing(Effect::agent);

  public Effect {
    path = List.copyOf(path);
  }
}
