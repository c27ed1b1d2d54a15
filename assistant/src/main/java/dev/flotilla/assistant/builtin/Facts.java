package dev.flotilla.assistant.builtin;

import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Fleet;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What the engine knows when it is asked.
 *
 * @param statuses the last word of the nodes on each agent
 * @param heard when each machine's node last gave a sign of life
 * @param silent machines whose node is not heard any more: what is known of them is old
 * @param flags what each flag serves to nobody in particular, in words
 * @param changes what happened in the fleet, the newest first
 * @param listening since when changes are known
 * @param plans what is planned; asked only when a question is about it
 * @param remembered what people asked to be remembered, by subject
 */
public record Facts(
    Fleet fleet,
    Map<AgentId, AgentStatus> statuses,
    Map<String, Instant> heard,
    Set<String> silent,
    Map<String, String> flags,
    List<Change> changes,
    Instant listening,
    Supplier<List<PlanFact>> plans,
    Map<String, String> remembered,
    Instant now,
    ZoneId zone) {

  public Facts {
    statuses = Map.copyOf(statuses);
    heard = Map.copyOf(heard);
    silent = Set.copyOf(silent);
    flags = Map.copyOf(flags);
    changes = List.copyOf(changes);
    remembered = Map.copyOf(remembered);
  }

  /**
   * Something that happened.
   *
   * @param what a sentence without its full stop
   */
  public record Change(Instant at, String what) {}
}
