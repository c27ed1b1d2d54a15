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
    kept(agent, owner, port);
    facts.held().stream()
        .filter(holder -> holder.port() == port)
        .findFirst()
        .ifPresent(holder -> held(agent, owner, holder));
  }

  private void kept(Agent agent, String owner, int port) {
    PortRules rules = facts.ports();
    if (rules.privileged(port)) {
      problems.error(
          agent.where(),
          "port " + port + " of " + owner + ", which only root may take",
          "a port from " + rules.firstFree(),
          "choose another port or --port-offset");
    } else if (rules.ephemeral(port)) {
      problems.warning(
          agent.where(),
          "port "
              + port
              + " of "
              + owner
              + ", which the machine may give to any outgoing connection",
          "a port outside of " + rules.ephemeralFrom() + "-" + rules.ephemeralTo(),
          "choose another, or keep it: sysctl -w net.ipv4.ip_local_reserved_ports=" + port);
    }
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
