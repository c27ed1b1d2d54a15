package dev.flotilla.model.check;

import dev.flotilla.model.Agent;
import dev.flotilla.model.Bytes;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Gpu;
import dev.flotilla.model.Machine;
import dev.flotilla.model.Model;
import dev.flotilla.model.Problems;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** More memory, VRAM or cores than a machine has. */
final class SizeCheck {
  private final Fleet fleet;
  private final Problems problems;

  SizeCheck(Fleet fleet, Problems problems) {
    this.fleet = fleet;
    this.problems = problems;
  }

  void check() {
    fleet.machines().values().forEach(this::check);
  }

  private void check(Machine machine) {
    List<Agent> agents = fleet.agentsOn(machine.name());
    machine.memory().ifPresent(memory -> memory(machine, agents, memory));
    machine.cores().ifPresent(cores -> cores(machine, agents, cores));
    vram(machine, agents);
  }

  private void memory(Machine machine, List<Agent> agents, Bytes memory) {
    for (Agent agent : agents) {
      agent
          .limits()
          .memory()
          .filter(limit -> limit.compareTo(memory) > 0)
          .ifPresent(
              limit ->
                  problems.error(
                      agent.where(),
                      limit + " of memory for " + fleet.shortName(agent.id()),
                      "at most " + memory + ", what " + machine.name() + " has",
                      "lower limits.memory"));
    }
    Bytes sum = sum(agents, agent -> agent.limits().memory());
    if (sum.compareTo(memory) > 0 && !agents.isEmpty()) {
      problems.warning(
          agents.getFirst().where(),
          sum + " of memory limits on " + machine.name() + " together",
          "at most " + memory + ", what it has",
          "lower limits, move agents, or accept that not all can reach their limit at once");
    }
  }

  private void cores(Machine machine, List<Agent> agents, int cores) {
    for (Agent agent : agents) {
      agent
          .limits()
          .cpu()
          .filter(cpu -> cpu > cores)
          .ifPresent(
              cpu ->
                  problems.warning(
                      agent.where(),
                      cpu + " cores for " + fleet.shortName(agent.id()),
                      "at most " + cores + ", what " + machine.name() + " has",
                      "lower limits.cpu"));
    }
  }

  private void vram(Machine machine, List<Agent> agents) {
    Bytes largest =
        machine.gpus().stream().map(Gpu::vram).max(Comparator.naturalOrder()).orElse(Bytes.ZERO);
    for (Agent agent : agents) {
      agent
          .limits()
          .vram()
          .filter(vram -> vram.compareTo(largest) > 0)
          .ifPresent(
              vram ->
                  problems.error(
                      agent.where(),
                      vram + " of VRAM for " + fleet.shortName(agent.id()),
                      machine.gpus().isEmpty()
                          ? "a machine with a card; " + machine.name() + " has none"
                          : "at most " + largest + ", the largest card of " + machine.name(),
                      "lower limits.vram, or move the agent"));
    }
    Bytes models =
        fleet.models().values().stream()
            .filter(model -> model.preload() && model.machines().equals(List.of(machine.name())))
            .map(Model::vram)
            .flatMap(Optional::stream)
            .reduce(Bytes.ZERO, Bytes::plus);
    Bytes sum = sum(agents, agent -> agent.limits().vram()).plus(models);
    if (sum.compareTo(machine.vram()) > 0 && !agents.isEmpty() && !machine.gpus().isEmpty()) {
      Agent heaviest =
          agents.stream()
              .max(Comparator.comparing(agent -> agent.limits().vram().orElse(Bytes.ZERO)))
              .orElse(agents.getFirst());
      problems.error(
          heaviest.where(),
          sum
              + " of VRAM on "
              + machine.name()
              + " together, "
              + models
              + " of it for models loaded at start",
          "at most " + machine.vram() + ", what its cards have",
          "move " + fleet.shortName(heaviest.id()) + ", which takes most, or lower limits.vram");
    }
  }

  private static Bytes sum(List<Agent> agents, Function<Agent, Optional<Bytes>> part) {
    return agents.stream().map(part).flatMap(Optional::stream).reduce(Bytes.ZERO, Bytes::plus);
  }
}
