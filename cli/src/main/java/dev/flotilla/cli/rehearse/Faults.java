package dev.flotilla.cli.rehearse;

import dev.flotilla.cli.standin.Role;
import dev.flotilla.cli.view.Spans;
import dev.flotilla.model.AgentId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Who is to fail at a rehearsal.
 *
 * @param crash these end with exit code 1 once, some time after they were ready; tasks before they
 *     are done
 * @param crashAlways these do so after every start
 * @param hang these stop answering once, as a process does that was sent SIGSTOP
 * @param slow how long these take to start
 */
public record Faults(
    Set<AgentId> crash, Set<AgentId> crashAlways, Set<AgentId> hang, Map<AgentId, Duration> slow) {
  public Faults {
    crash = Set.copyOf(crash);
    crashAlways = Set.copyOf(crashAlways);
    hang = Set.copyOf(hang);
    slow = Map.copyOf(slow);
  }

  /** Those that are told to do two things of which only one can happen. */
  public Set<AgentId> contradictory() {
    Set<AgentId> twice = new LinkedHashSet<>(crash);
    twice.retainAll(crashAlways);
    Set<AgentId> crashing = new LinkedHashSet<>(crash);
    crashing.addAll(crashAlways);
    crashing.retainAll(hang);
    twice.addAll(crashing);
    return twice;
  }

  public static Faults none() {
    return new Faults(Set.of(), Set.of(), Set.of(), Map.of());
  }

  Role.Fault of(AgentId agent) {
    return crash.contains(agent) || crashAlways.contains(agent)
        ? Role.Fault.CRASH
        : hang.contains(agent) ? Role.Fault.HANG : Role.Fault.NONE;
  }

  /** Those that must be seen to fail and to come back. */
  public Set<AgentId> mustRecover() {
    Set<AgentId> all = new LinkedHashSet<>(crash);
    all.addAll(crashAlways);
    all.addAll(hang);
    return all;
  }

  /** In words, one for each. */
  public Map<AgentId, String> words() {
    Map<AgentId, String> words = new LinkedHashMap<>();
    mustRecover().forEach(agent -> words.put(agent, failure(agent)));
    slow.forEach(
        (agent, time) ->
            words.merge(
                agent, "told to take " + Spans.text(time) + " to start", (a, b) -> a + ", " + b));
    return words;
  }

  /** How it is to fail, for one that {@linkplain #mustRecover must recover}. */
  public String failure(AgentId agent) {
    return crash.contains(agent)
        ? "told to crash once"
        : crashAlways.contains(agent) ? "told to crash after every start" : "told to hang once";
  }
}
