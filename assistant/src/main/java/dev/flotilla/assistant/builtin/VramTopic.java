package dev.flotilla.assistant.builtin;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Bytes;
import dev.flotilla.model.Machine;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the cards have, and what the manifest promises of them. */
final class VramTopic implements Topic {
  @Override
  public String name() {
    return "vram";
  }

  @Override
  public String example() {
    return "How much VRAM does mainpc have?";
  }

  @Override
  public Optional<String> answer(Question question, Facts facts) {
    boolean asks =
        question.has("vram", "gpu", "gpus", "card", "cards")
            || question.matches("\\bvideo (memory|mem|ram)\\b");
    if (!asks || !question.known(facts.fleet())) {
      return Optional.empty();
    }
    List<AgentId> agents = question.agents(facts.fleet());
    if (!agents.isEmpty()) {
      return Optional.of(
          agents.stream().map(id -> declared(id, facts)).collect(Collectors.joining("\n")));
    }
    Optional<String> named = question.machine(facts.fleet());
    List<Machine> machines =
        facts.fleet().machines().values().stream()
            .filter(m -> named.isEmpty() || m.name().equals(named.get()))
            .toList();
    String declared = machines.stream().map(m -> of(m, facts)).collect(Collectors.joining("\n"));
    return Optional.of(
        question.has("free", "left", "used", "using", "use", "uses", "available")
            ? declared + "\nWhat is taken at this moment I do not see; flotilla models shows it."
            : declared);
  }

  private static String declared(AgentId id, Facts facts) {
    return Optional.ofNullable(facts.fleet().agents().get(id))
        .flatMap(agent -> agent.limits().vram())
        .map(
            vram ->
                "%s declares %s of VRAM on %s. What it takes at this moment I do not see."
                    .formatted(facts.fleet().shortName(id), vram, id.machine()))
        .orElseGet(
            () -> "%s declares no VRAM in the manifest.".formatted(facts.fleet().shortName(id)));
  }

  private static String of(Machine machine, Facts facts) {
    if (machine.gpus().isEmpty()) {
      return "The manifest names no card of %s.".formatted(machine.name());
    }
    List<Agent> declared =
        facts.fleet().agentsOn(machine.name()).stream()
            .filter(a -> a.limits().vram().isPresent())
            .sorted(
                Comparator.comparing((Agent a) -> a.limits().vram().orElse(Bytes.ZERO)).reversed())
            .toList();
    Bytes sum =
        declared.stream()
            .map(a -> a.limits().vram().orElse(Bytes.ZERO))
            .reduce(Bytes.ZERO, Bytes::plus);
    String cards =
        Words.list(machine.gpus().stream().map(g -> g.name() + " with " + g.vram()).toList());
    String who =
        declared.isEmpty()
            ? "no agent declares any of it"
            : "agents declare %s of it: %s"
                .formatted(
                    sum,
                    Words.list(
                        declared.stream()
                            .map(
                                a ->
                                    facts.fleet().shortName(a.id())
                                        + " "
                                        + a.limits().vram().orElse(Bytes.ZERO))
                            .toList()));
    return "%s has %s; %s.".formatted(machine.name(), cards, who);
  }
}
