package dev.flotilla.node.run;

import dev.flotilla.model.AgentId;
import dev.flotilla.node.core.RunId;
import dev.flotilla.node.process.ProcessInfo;
import dev.flotilla.node.process.ProcessTable;
import dev.flotilla.node.process.Processes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the agents that an earlier node of the same state folder left running. A process counts
 * when the journal names its pid together with its start time, or when it leads its session and its
 * environment carries this state folder and a run; never by its pid alone.
 *
 * @param state the fleet's state folder, as agents have it in their environment
 */
public record Survivors(ProcessTable table, String state) {

  /** What is left: agents, and strays whose agent's own process is gone. */
  public record Found(List<Journal.Entry> agents, List<Stray> strays) {
    public Found {
      agents = List.copyOf(agents);
      strays = List.copyOf(strays);
    }
  }

  /** A process that an agent started and that outlived it. */
  public record Stray(Processes.Handle process, String name, String run) {}

  public Found find(List<Journal.Entry> journal, Instant now) {
    Map<Long, ProcessInfo> snapshot = table.snapshot();
    Map<AgentId, Journal.Entry> found = new HashMap<>();
    for (Journal.Entry entry : journal) {
      ProcessInfo info = snapshot.get(entry.process().pid());
      if (info != null && info.startTicks() == entry.process().startTicks() && !info.zombie()) {
        found.put(entry.agent(), entry);
      }
    }
    Map<String, AgentId> runs = new HashMap<>();
    found.values().forEach(entry -> runs.put(entry.run().text(), entry.agent()));
    List<Marked> marked = marked(snapshot);
    for (Marked process : marked) {
      boolean leader = process.info().session() == process.info().pid();
      if (leader && !found.containsKey(process.agent()) && !runs.containsKey(process.run())) {
        found.put(process.agent(), entry(process, now));
        runs.put(process.run(), process.agent());
      }
    }
    List<Stray> strays =
        marked.stream()
            .filter(process -> !runs.containsKey(process.run()))
            .map(process -> new Stray(handle(process.info()), process.info().name(), process.run()))
            .toList();
    return new Found(new ArrayList<>(found.values()), strays);
  }

  private record Marked(ProcessInfo info, AgentId agent, String run) {}

  private List<Marked> marked(Map<Long, ProcessInfo> snapshot) {
    List<Marked> marked = new ArrayList<>();
    for (ProcessInfo info : snapshot.values()) {
      if (info.zombie()) {
        continue;
      }
      Map<String, String> variables = new HashMap<>();
      for (String entry : table.environment(info.pid())) {
        int at = entry.indexOf('=');
        if (at > 0 && entry.startsWith("FLOTILLA_")) {
          variables.put(entry.substring(0, at), entry.substring(at + 1));
        }
      }
      String run = variables.getOrDefault(AgentEnvironment.RUN_ID, "");
      if (!run.isEmpty() && state.equals(variables.get("FLOTILLA_STATE"))) {
        marked.add(
            new Marked(
                info,
                new AgentId(
                    variables.getOrDefault("FLOTILLA_AGENT", ""),
                    variables.getOrDefault("FLOTILLA_MACHINE", "")),
                run));
      }
    }
    return marked;
  }

  private Journal.Entry entry(Marked process, Instant now) {
    return new Journal.Entry(
        process.agent(),
        new RunId(process.run()),
        handle(process.info()),
        table.startedAt(process.info()).orElse(now),
        Optional.empty(),
        1);
  }

  private static Processes.Handle handle(ProcessInfo info) {
    return new Processes.Handle(info.pid(), info.startTicks());
  }
}
