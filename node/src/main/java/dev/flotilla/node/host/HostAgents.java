package dev.flotilla.node.host;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Launch;
import dev.flotilla.model.Limits;
import dev.flotilla.model.Need;
import dev.flotilla.model.Probe;
import dev.flotilla.model.Restart;
import dev.flotilla.model.StopPolicy;
import dev.flotilla.node.core.Cell;
import dev.flotilla.node.core.Orders;
import dev.flotilla.node.core.SpecHash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Turns the services of a group into agents that need a JVM, and the JVM into a hidden agent that
 * is started, probed, restarted and adopted as any other. Pure.
 */
public final class HostAgents {
  private static final String PREFIX = "host-";

  private HostAgents() {}

  /** The agent that is the JVM of a group. */
  public static AgentId id(String group, String machine) {
    return new AgentId(PREFIX + group, machine);
  }

  /**
   * Everything a node on one machine looks after: the agents here, the JVMs they need, and the
   * agents elsewhere, which are only seen.
   *
   * @param command the command line of the JVM of a group, given the group's name
   */
  public static Map<AgentId, Orders.Placed> placed(
      Fleet fleet, String machine, Function<String, Launch.Command> command) {
    Map<AgentId, Orders.Placed> placed = new LinkedHashMap<>();
    Map<String, List<Agent>> services = new LinkedHashMap<>();
    for (Agent agent : fleet.agentsOn(machine)) {
      if (agent.launch() instanceof Launch.Service) {
        services.computeIfAbsent(agent.group(), g -> new ArrayList<>()).add(agent);
      }
    }
    services.forEach(
        (group, agents) -> {
          Agent host = host(group, machine, agents, command.apply(group));
          placed.put(host.id(), new Orders.Placed(host, Cell.Place.HIDDEN));
        });
    fleet
        .agents()
        .forEach(
            (id, agent) -> {
              boolean here = id.machine().equals(machine);
              boolean hosted = here && agent.launch() instanceof Launch.Service;
              placed.put(
                  id,
                  new Orders.Placed(
                      hosted ? needingHost(agent) : agent,
                      here ? Cell.Place.HERE : Cell.Place.ELSEWHERE));
            });
    return placed;
  }

  private static Agent host(
      String group, String machine, List<Agent> services, Launch.Command command) {
    TreeSet<String> specs = new TreeSet<>();
    services.forEach(service -> specs.add(service.id().name() + " " + SpecHash.of(service)));
    return new Agent(
        id(group, machine),
        group,
        Optional.of("JVM of the group " + group),
        command,
        Map.of(),
        Optional.of(
            new Probe(
                new Probe.Bus(PREFIX + group),
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                5,
                Duration.ofSeconds(60))),
        Optional.empty(),
        List.of(),
        limits(services),
        Restart.DEFAULT,
        StopPolicy.DEFAULT,
        services.stream().anyMatch(Agent::required),
        services.stream().allMatch(Agent::lazy),
        Map.of("FLOTILLA_HOSTS", String.join(",", specs)),
        Map.of(),
        Optional.empty(),
        services.getFirst().where());
  }

  /** The limits of all its services together, where each of them has one. */
  private static Limits limits(List<Agent> services) {
    return services.size() == 1 ? services.getFirst().limits() : Limits.NONE;
  }

  private static Agent needingHost(Agent agent) {
    List<Need> needs = new ArrayList<>(agent.needs());
    needs.addFirst(
        new Need(id(agent.group(), agent.id().machine()), new Need.Healthy(), agent.where()));
    return new Agent(
        agent.id(),
        agent.group(),
        agent.description(),
        agent.launch(),
        agent.ports(),
        agent.liveness(),
        agent.readiness(),
        needs,
        agent.limits(),
        agent.restart(),
        agent.stop(),
        agent.required(),
        agent.lazy(),
        agent.environment(),
        agent.config(),
        agent.family(),
        agent.where());
  }
}
