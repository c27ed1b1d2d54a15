package dev.flotilla.model.check;

import dev.flotilla.model.Agent;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Problems;
import java.util.HashMap;
import java.util.Map;

/** Two owners of one port, and ports that somebody else holds. */
final class PortCheck {
  private final Fleet fleet;
  private final Facts facts;
  private final Problems problems;

  PortCheck(Fleet fleet, Facts facts, Problems problems) {
    this.fleet = fleet;
    this.facts = facts;
    this.problems = problems;
  }

  private record Place(String machine, int port) {}

  void check() {
    Map<Place, String> owners = new HashMap<>();
    for (Agent agent : fleet.agents().values()) {
      agent.ports().forEach((name, port) -> check(agent, name, port, owners));
    }
  }

  private void check(Agent agent, String name, int port, Map<Place, String> owners) {
    String machine = agent.id().machine();
    String owner = owner(agent, name);
    String other = owners.putIfAbsent(new Place(machine, port), owner);
    if (other != null) {
      problems.error(
          agent.where(),
          "port " + port + " on " + machine + " for both " + other + " and " + owner,
          "each port of a machine for one",
          "give " + owner + " another port, or move it to another machine");
    }
    if (facts.machine().filter(machine::equals).isEmpty()) {
      return;
    }
    String reserved = facts.reserved().get(port);
    if (reserved != null) {
      problems.error(
          agent.where(),
          "port " + port + " of " + owner + ", which is " + reserved,
          "a port that Flotilla does not use itself",
          "choose another port");
    }
    facts.held().stream()
        .filter(holder -> holder.port() == port)
        .findFirst()
        .ifPresent(holder -> held(agent, owner, holder));
  }

  private void held(Agent agent, String owner, PortHolder holder) {
    String who =
        holder.pid() == 0
            ? "a process of another user"
            : "process " + holder.pid() + " (" + holder.name() + ")";
    problems.error(
        agent.where(),
        "port " + holder.port() + " of " + owner + ", held by " + who,
        "a free port",
        holder.pid() == 0
            ? "find it with: ss -ltnp 'sport = :" + holder.port() + "'; or choose another port"
            : "stop it with: kill " + holder.pid() + "; or choose another port or --port-offset");
  }

  private String owner(Agent agent, String name) {
    String shortName = fleet.shortName(agent.id());
    return name.equals(Agent.MAIN_PORT) ? shortName : shortName + " (" + name + ")";
  }
}
