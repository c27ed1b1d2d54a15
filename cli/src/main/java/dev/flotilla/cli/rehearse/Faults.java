package dev.flotilla.cli.rehearse;

import dev.flotilla.cli.standin.Role;
import dev.flotilla.model.AgentId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Who is to fail at a rehearsal.
 *
 * @param crash these end with exit code 1 once, some time after they were ready
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
    crash.forEach(a -> words.put(a, "told to crash once"));
    crashAlways.forEach(a -> words.put(a, "told to crash after every start"));
    hang.forEach(a -> words.put(a, "told to hang once"));
    slow.forEach((a, time) -> words.put(a, "told to take " + time.toMillis() + " ms to start"));
    return words;
  }
}
