package dev.flotilla.model.check;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Machine;
import dev.flotilla.model.Need;
import dev.flotilla.model.Position;
import dev.flotilla.model.Problem;
import dev.flotilla.model.Problems;
import dev.flotilla.model.Restart;
import dev.flotilla.model.graph.DependencyGraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything that can be known to go wrong before anything starts. Stateless. */
public final class FleetCheck {
  private FleetCheck() {}

  /** Errors and warnings, sorted by place; errors mean that {@code up} would fail. */
  public static List<Problem> check(Fleet fleet, Facts facts) {
    Problems problems = new Problems();
    addresses(fleet, problems);
    cycles(fleet, problems);
    optionalNeeds(fleet, problems);
    completedNeeds(fleet, problems);
    linesElsewhere(fleet, problems);
    new PortCheck(fleet, facts, problems).check();
    new SizeCheck(fleet, problems).check();
    new FileCheck(fleet, facts, problems).check();
    return problems.sorted();
  }

  private static void addresses(Fleet fleet, Problems problems) {
    Map<String, List<String>> machines = new LinkedHashMap<>();
    for (Machine machine : fleet.machines().values()) {
      machines.computeIfAbsent(machine.address(), a -> new ArrayList<>()).add(machine.name());
    }
    String file =
        fleet.agents().values().stream().map(a -> a.where().file()).findFirst().orElse("");
    machines.forEach(
        (address, names) -> {
          if (names.size() > 1) {
            problems.warning(
                new Position(file, 0, 0),
                "the machines " + String.join(", ", names) + " with one address, " + address,
                "an address of its own for each, by which the others reach it",
                "write address: at each of them");
          }
        });
  }

  private static void cycles(Fleet fleet, Problems problems) {
    for (List<AgentId> cycle : DependencyGraph.of(fleet).cycles()) {
      List<String> names = new ArrayList<>(cycle.stream().map(fleet::shortName).toList());
      names.add(names.getFirst());
      problems.error(
          need(fleet, cycle.getFirst(), cycle.get(1 % cycle.size())),
          "a cycle: " + String.join(" needs ", names),
          "an order in which each agent starts after what it needs",
          "remove one of these needs");
    }
  }

  private static Position need(Fleet fleet, AgentId from, AgentId to) {
    Agent agent = fleet.agents().get(from);
    if (agent == null) {
      throw new IllegalArgumentException("no agent " + from + " in the fleet");
    }
    return agent.needs().stream()
        .filter(need -> need.agent().equals(to))
        .map(Need::where)
        .findFirst()
        .orElse(agent.where());
  }

  private static void optionalNeeds(Fleet fleet, Problems problems) {
    for (Agent agent : fleet.agents().values()) {
      for (Need need : agent.needs()) {
        Agent target = fleet.agents().get(need.agent());
        if (agent.required() && target != null && !target.required()) {
          String name = fleet.shortName(target.id());
          problems.warning(
              need.where(),
              "the required agent "
                  + fleet.shortName(agent.id())
                  + " that needs the optional "
                  + name,
              "required agents that need only required ones",
              "write required: true at " + name + ", or required: false here");
        }
      }
    }
  }

  /** A node reads the logs of its own machine. */
  private static void linesElsewhere(Fleet fleet, Problems problems) {
    for (Agent agent : fleet.agents().values()) {
      for (Need need : agent.needs()) {
        if (need.condition() instanceof Need.LogLine
            && !need.agent().machine().equals(agent.id().machine())) {
          String name = fleet.shortName(need.agent());
          problems.error(
              need.where(),
              "a line in the log of %s, which runs on another machine (%s)"
                  .formatted(name, need.agent().machine()),
              "started, healthy or completed of an agent on another machine",
              "write " + name + ": healthy, and let its readiness ask for what the line told");
        }
      }
    }
  }

  private static void completedNeeds(Fleet fleet, Problems problems) {
    for (Agent agent : fleet.agents().values()) {
      for (Need need : agent.needs()) {
        Agent target = fleet.agents().get(need.agent());
        if (need.condition() instanceof Need.Completed
            && target != null
            && target.restart().policy() == Restart.Policy.ALWAYS) {
          String name = fleet.shortName(target.id());
          problems.warning(
              need.where(),
              "a need of " + name + " completed, which is started again each time it ends",
              "a job that ends once",
              "write restart: on-failure at " + name);
        }
      }
    }
  }
}
