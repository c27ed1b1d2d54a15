package dev.flotilla.cli.rehearse;

import dev.flotilla.cli.view.Required;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentStatus;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a rehearsal has shown.
 *
 * @param up how many agents were well in the end
 * @param absent those that were not
 * @param notSeen those told to crash or to hang that did not before the end: nothing is known of
 *     their recovery
 * @param incidents everything that went wrong, the earliest first
 * @param left stand-ins that were not gone after they were stopped
 */
public record Outcome(
    long up,
    List<AgentStatus> absent,
    Set<AgentId> notSeen,
    List<Chronicle.Incident> incidents,
    long left) {
  public Outcome {
    absent = List.copyOf(absent);
    incidents = List.copyOf(incidents);
  }

  /**
   * @param last how every agent was in the end, before it was stopped
   */
  public static Outcome of(
      List<AgentStatus> last, Faults faults, List<Chronicle.Incident> incidents, long left) {
    Set<AgentId> notSeen = new LinkedHashSet<>(faults.mustRecover());
    incidents.forEach(incident -> notSeen.remove(incident.agent()));
    List<AgentStatus> absent = last.stream().filter(agent -> !Required.isWell(agent)).toList();
    return new Outcome(last.size() - absent.size(), absent, notSeen, incidents, left);
  }

  /**
   * Whether every agent was well in the end, whatever was planned happened, and nothing is left.
   */
  public boolean passed() {
    return absent.isEmpty()
        && notSeen.isEmpty()
        && left == 0
        && incidents.stream().allMatch(incident -> incident.recovered().isPresent());
  }
}
