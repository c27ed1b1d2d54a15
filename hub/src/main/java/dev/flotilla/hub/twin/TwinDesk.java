package dev.flotilla.hub.twin;

import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.fleet.AgentLookup;
import dev.flotilla.kernel.fleet.FleetView;
import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Bytes;
import dev.flotilla.model.Launch;
import dev.flotilla.model.Machine;
import dev.flotilla.model.Model;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Answers questions about one moment of the fleet. Immutable; what it cannot answer it says by a
 * failure in words.
 */
final class TwinDesk {
  private static final int LAST_PORT = 65_535;

  private final FleetView view;
  private final Map<AgentId, CriticalPath.Start> starts;
  private final Instant now;

  TwinDesk(FleetView view, Map<AgentId, CriticalPath.Start> starts, Instant now) {
    this.view = view;
    this.starts = starts;
    this.now = now;
  }

  Answers.AgentAnswer state(Answers.AgentQuestion asked) {
    AgentId id = agent(asked.agent());
    Optional<Agent> declared = Optional.ofNullable(view.fleet().agents().get(id));
    Dependencies dependencies = new Dependencies(view.fleet());
    return new Answers.AgentAnswer(
        id,
        declared.map(TwinDesk::desired),
        view.status(id),
        view.stale(id.machine(), now),
        drift(id),
        dependencies.needsOf(id).stream().map(e -> link(e.to(), 1, id, e)).toList(),
        dependencies.neededBy(id).stream().map(e -> link(e.from(), 1, id, e)).toList());
  }

  Answers.Links dependencies(Answers.AgentQuestion asked) {
    AgentId id = agent(asked.agent());
    return new Answers.Links(
        id,
        new Dependencies(view.fleet())
            .dependencies(id).stream()
                .map(r -> link(r.agent(), r.distance(), r.via().from(), r.via()))
                .toList());
  }

  Answers.Links dependents(Answers.AgentQuestion asked) {
    AgentId id = agent(asked.agent());
    return new Answers.Links(
        id,
        new Dependencies(view.fleet())
            .dependents(id).stream()
                .map(r -> link(r.agent(), r.distance(), r.via().to(), r.via()))
                .toList());
  }

  Answers.Drifts drift() {
    List<Drift> all = Drift.of(view, now);
    return new Answers.Drifts(all.isEmpty(), all);
  }

  Answers.Path criticalPath() {
    boolean complete =
        view.observed().values().stream()
            .filter(s -> s.startedAt().isPresent())
            .allMatch(s -> starts.containsKey(s.id()));
    return new Answers.Path(CriticalPath.of(view.fleet(), starts), complete);
  }

  Answers.Graph graph() {
    Set<AgentId> ids = new LinkedHashSet<>(view.fleet().agents().keySet());
    ids.addAll(view.observed().keySet());
    Dependencies dependencies = new Dependencies(view.fleet());
    return new Answers.Graph(
        view.fleet().name(),
        now,
        ids.stream().map(this::node).toList(),
        ids.stream()
            .flatMap(id -> dependencies.needsOf(id).stream())
            .map(e -> new Answers.Arrow(e.from(), e.to(), Dependencies.inWords(e.condition())))
            .toList());
  }

  Answers.Broken agentFails(Answers.AgentQuestion asked) {
    AgentId id = agent(asked.agent());
    return broken(Set.of(id), "If " + view.fleet().shortName(id) + " fails");
  }

  Answers.Broken machineFails(Answers.MachineQuestion asked) {
    Machine machine = machine(asked.machine());
    Set<AgentId> failed =
        view.fleet().agentsOn(machine.name()).stream()
            .map(Agent::id)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return broken(failed, "If " + machine.name() + " fails");
  }

  ModelPlacement modelPlaced(Answers.PlacementQuestion asked) {
    Optional<Model> declared = Optional.ofNullable(view.fleet().models().get(asked.model()));
    Bytes vram =
        asked
            .vram()
            .or(() -> declared.flatMap(Model::vram))
            .orElseThrow(
                () ->
                    Failure.badRequest(
                            "vram",
                            "no size, and none in the manifest for the model " + asked.model(),
                            "the memory it takes on the card, such as 8GiB",
                            "say vram, or write it to the model in the manifest")
                        .exception());
    Machine machine = asked.machine().map(this::machine).orElseGet(this::onlyMachineWithCard);
    OptionalInt card = asked.gpu().map(OptionalInt::of).orElse(OptionalInt.empty());
    return ModelPlacement.of(view.fleet(), machine, card, asked.model(), vram);
  }

  PortMove portMoves(Answers.PortQuestion asked) {
    AgentId id = agent(asked.agent());
    Agent declared =
        Optional.ofNullable(view.fleet().agents().get(id))
            .orElseThrow(
                () ->
                    Failure.notFound(
                            id + ", which is not in the manifest",
                            "an agent of the manifest",
                            "`flotilla ports` lists them")
                        .exception());
    String name = asked.port().orElse(Agent.MAIN_PORT);
    Integer from = declared.ports().get(name);
    if (from == null) {
      throw Failure.badRequest(
              "port",
              "no port named " + name,
              "one of " + declared.ports().keySet(),
              "name a port that the agent declares")
          .exception();
    }
    if (asked.to() < 1 || asked.to() > LAST_PORT) {
      throw Failure.badRequest("to", "" + asked.to(), "a port from 1 to 65535", "choose another")
          .exception();
    }
    return PortMove.of(view.fleet(), declared, name, from, asked.to());
  }

  private Answers.Broken broken(Set<AgentId> failed, String question) {
    List<Effect> effects = Cascade.of(view.fleet(), failed);
    long breaking = effects.stream().filter(e -> e.kind() == Effect.Kind.BREAKS).count();
    long requiredBreaking =
        effects.stream().filter(e -> e.required() && e.kind() == Effect.Kind.BREAKS).count();
    long requiredFailed =
        failed.stream()
            .map(view.fleet().agents()::get)
            .filter(a -> a != null && a.required())
            .count();
    String verdict =
        "%s: %d agent%s down, %d more break%s (%d of them required), %d would wait at their next start"
            .formatted(
                question,
                failed.size(),
                failed.size() == 1 ? " is" : "s are",
                breaking,
                breaking == 1 ? "s" : "",
                requiredBreaking,
                effects.size() - breaking);
    return new Answers.Broken(
        List.copyOf(failed), (int) (requiredBreaking + requiredFailed), effects, verdict);
  }

  private Answers.Node node(AgentId id) {
    Optional<Agent> declared = Optional.ofNullable(view.fleet().agents().get(id));
    Optional<AgentStatus> status = view.status(id);
    return new Answers.Node(
        id,
        declared.map(Agent::group).or(() -> status.map(AgentStatus::group)).orElse(""),
        declared.map(Agent::required).orElse(false),
        status.map(s -> s.state().label()).orElse("unknown"),
        view.stale(id.machine(), now),
        declared.map(Agent::ports).or(() -> status.map(AgentStatus::ports)).orElse(Map.of()),
        drift(id));
  }

  private List<Drift> drift(AgentId id) {
    return Drift.of(view, now).stream().filter(d -> d.agent().equals(id)).toList();
  }

  private Answers.Link link(AgentId other, int distance, AgentId via, Dependencies.Edge edge) {
    return new Answers.Link(
        other,
        distance,
        via,
        Dependencies.inWords(edge.condition()),
        view.status(other).map(s -> s.state().label()));
  }

  private static Answers.Desired desired(Agent agent) {
    String runs =
        switch (agent.launch()) {
          case Launch.Service(String name, var listen) -> "service " + name;
          case Launch.Command _ -> "command";
          case Launch.Image(String reference, var _, var _) -> "image " + reference;
        };
    return new Answers.Desired(
        agent.group(),
        runs,
        agent.ports(),
        agent.required(),
        agent.lazy(),
        agent.limits().vram(),
        agent.where().toString());
  }

  AgentId agent(String written) {
    Set<AgentId> known = new LinkedHashSet<>(view.fleet().agents().keySet());
    known.addAll(view.observed().keySet());
    return switch (AgentLookup.of(written, known)) {
      case AgentLookup.Found(AgentId id) -> id;
      case AgentLookup.NotFound(String found, String expected, String advice) ->
          throw Failure.notFound(found, expected, advice).exception();
    };
  }

  private Machine machine(String name) {
    Machine machine = view.fleet().machines().get(name);
    if (machine == null) {
      throw Failure.notFound(
              "no machine named " + name,
              "one of " + view.fleet().machines().keySet(),
              "name a machine of the manifest")
          .exception();
    }
    return machine;
  }

  private Machine onlyMachineWithCard() {
    List<Machine> withCard =
        view.fleet().machines().values().stream().filter(m -> !m.gpus().isEmpty()).toList();
    if (withCard.size() != 1) {
      throw Failure.badRequest(
              "machine",
              "none named, and " + withCard.size() + " machines with a card in the manifest",
              "one of "
                  + withCard.stream()
                      .map(Machine::name)
                      .collect(Collectors.joining(", ", "[", "]")),
              "say machine, or write its gpus to the manifest")
          .exception();
    }
    return withCard.getFirst();
  }
}
