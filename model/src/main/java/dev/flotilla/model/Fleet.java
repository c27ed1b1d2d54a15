package dev.flotilla.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What should run: the manifest after validation, with defaults merged and every substitution made.
 * Maps keep the order of the manifest. Immutable.
 *
 * @param name the fleet's name, also the name of its state folder
 * @param portSet the name of the port set that was applied, empty for the ports as written
 * @param portOffset what was added to every port of the manifest
 * @param bus where messages go; empty means the server embedded in the node
 * @param messaging how its agents talk
 * @param agents by {@link Agent#id()}
 * @param router which model answers which request; empty for the standard way
 */
public record Fleet(
    String name,
    String portSet,
    int portOffset,
    Optional<BusSettings> bus,
    Messaging messaging,
    Map<String, Machine> machines,
    Map<String, Group> groups,
    Map<AgentId, Agent> agents,
    Map<String, Model> models,
    Map<String, Flag> flags,
    List<AlertRule> alerts,
    Optional<Router> router) {

  public Fleet {
    machines = Ordered.copyOf(machines);
    groups = Ordered.copyOf(groups);
    agents = Ordered.copyOf(agents);
    models = Ordered.copyOf(models);
    flags = Ordered.copyOf(flags);
    alerts = List.copyOf(alerts);
  }

  /** A fleet whose agents talk, and whose requests are routed, in the standard way. */
  public Fleet(
      String name,
      String portSet,
      int portOffset,
      Optional<BusSettings> bus,
      Map<String, Machine> machines,
      Map<String, Group> groups,
      Map<AgentId, Agent> agents,
      Map<String, Model> models,
      Map<String, Flag> flags,
      List<AlertRule> alerts) {
    this(
        name,
        portSet,
        portOffset,
        bus,
        Messaging.DEFAULT,
        machines,
        groups,
        agents,
        models,
        flags,
        alerts,
        Optional.empty());
  }

  /** The agents that run on one machine, in manifest order. */
  public List<Agent> agentsOn(String machine) {
    return agents.values().stream().filter(a -> a.id().machine().equals(machine)).toList();
  }

  /** How an agent is called where people read it: the bare name where only one agent has it. */
  public String shortName(AgentId id) {
    boolean unique =
        agents.keySet().stream().filter(other -> other.name().equals(id.name())).count() <= 1;
    return unique ? id.name() : id.toString();
  }

  /**
   * Where agents on a machine are reached: loopback in a fleet of one machine, else its address.
   */
  public String host(String machine) {
    Machine there = machines.get(machine);
    return there == null || machines.size() < 2 ? "127.0.0.1" : there.address();
  }

  /** This fleet with only the agents of the given machine; the other machines stay known. */
  public Fleet on(String machine) {
    Map<AgentId, Agent> here = new LinkedHashMap<>();
    agents.forEach(
        (id, agent) -> {
          if (id.machine().equals(machine)) {
            here.put(id, agent);
          }
        });
    return new Fleet(
        name,
        portSet,
        portOffset,
        bus,
        messaging,
        machines,
        groups,
        here,
        models,
        flags,
        alerts,
        router);
  }
}
