package dev.flotilla.assistant.builtin;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which port an agent has, and who has a port. */
final class PortTopic implements Topic {
  @Override
  public String name() {
    return "port";
  }

  @Override
  public String example() {
    return "Who uses port 7220?";
  }

  @Override
  public Optional<String> answer(Question question, Facts facts) {
    boolean holder =
        question.matches(
            "^(who|what) (is |runs |listens |answers )*(listening |listens"
                + " )?(on|at|to|uses|using|has) \\d{2,5}$");
    if (!question.has("port", "ports") && !holder) {
      return Optional.empty();
    }
    List<AgentId> named = question.agents(facts.fleet());
    if (!named.isEmpty()) {
      return Optional.of(
          named.stream().map(id -> ports(id, facts)).collect(Collectors.joining("\n")));
    }
    if (question.number().isPresent()) {
      return question.number().map(port -> holders(port, facts));
    }
    return question.known(facts.fleet()) && question.has("ports")
        ? Optional.of(all(question.machine(facts.fleet()), facts))
        : Optional.empty();
  }

  private static String ports(AgentId id, Facts facts) {
    Agent agent = facts.fleet().agents().get(id);
    if (agent == null || agent.ports().isEmpty()) {
      return facts.fleet().shortName(id) + " has no port.";
    }
    List<String> ports =
        agent.ports().entrySet().stream()
            .map(
                e ->
                    e.getKey().equals(Agent.MAIN_PORT)
                        ? String.valueOf(e.getValue())
                        : "%d (%s)".formatted(e.getValue(), e.getKey()))
            .toList();
    return "%s has port %s on %s."
        .formatted(facts.fleet().shortName(id), Words.list(ports), id.machine());
  }

  private static String all(Optional<String> machine, Facts facts) {
    String lines =
        facts.fleet().agents().values().stream()
            .filter(agent -> !agent.ports().isEmpty())
            .filter(agent -> machine.isEmpty() || agent.id().machine().equals(machine.get()))
            .map(agent -> "  " + ports(agent.id(), facts))
            .collect(Collectors.joining("\n"));
    return lines.isEmpty()
        ? "No agent of the manifest has a port" + machine.map(m -> " on " + m).orElse("") + "."
        : lines;
  }

  private static String holders(int port, Facts facts) {
    List<AgentId> holders =
        facts.fleet().agents().values().stream()
            .filter(agent -> agent.ports().containsValue(port))
            .map(Agent::id)
            .sorted()
            .toList();
    return holders.isEmpty()
        ? "No agent of the manifest has port %d.".formatted(port)
        : "Port %d belongs to %s."
            .formatted(
                port,
                Words.list(
                    holders.stream()
                        .map(id -> facts.fleet().shortName(id) + " on " + id.machine())
                        .toList()));
  }
}
