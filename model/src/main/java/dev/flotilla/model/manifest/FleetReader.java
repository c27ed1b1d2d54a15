package dev.flotilla.model.manifest;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.BusSettings;
import dev.flotilla.model.Flag;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Group;
import dev.flotilla.model.Machine;
import dev.flotilla.model.Model;
import dev.flotilla.model.Position;
import dev.flotilla.model.Problems;
import dev.flotilla.model.yaml.YamlNode.Entry;
import dev.flotilla.model.yaml.YamlNode.Mapping;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** From the tree to the records. What does not fit is left out; its problem is reported already. */
final class FleetReader {
  private static final Set<String> OF_AGENTS = Set.of("agents", "defaults", "groups", "machines");

  private final Fields written;
  private final Fields root;
  private final Path folder;
  private final LoadOptions options;
  private final Problems problems;

  FleetReader(Mapping root, Path folder, LoadOptions options, Problems problems) {
    this.written = new Fields(root);
    this.root = new Fields(outsideOfAgents(root, problems));
    this.folder = folder;
    this.options = options;
    this.problems = problems;
  }

  private static Mapping outsideOfAgents(Mapping root, Problems problems) {
    Map<String, Entry> byKey = new LinkedHashMap<>(root.byKey());
    byKey.replaceAll(
        (name, entry) ->
            OF_AGENTS.contains(name)
                ? entry
                : new Entry(
                    entry.key(),
                    new Substitution(problems)
                        .apply(
                            entry.value(),
                            name.equals("models")
                                ? new Placeholders.OfModels()
                                : Placeholders.Own.outsideOfAgents())));
    return Mapping.of(byKey, root.where());
  }

  Fleet read() {
    PlaceReader places = new PlaceReader(root, problems);
    Map<String, Machine> machines = places.machines();
    Map<String, Group> groups = new LinkedHashMap<>(places.groups(machines.keySet()));
    PortPlan plan = new PortPlan(root, options, problems);
    String name = root.text("fleet").orElseGet(this::folderName);
    Map<AgentId, Agent> agents = agents(name, machines, groups, places, plan);
    plan.reportUnused();
    CatalogueReader catalogue = new CatalogueReader(root, folder, machines.keySet(), problems);
    Map<String, Model> models = catalogue.models();
    Map<String, Flag> flags = catalogue.flags();
    return new Fleet(
        name,
        plan.portSet(),
        plan.offset(),
        bus(),
        new MessagingReader(root, problems).read(),
        machines,
        groups,
        agents,
        models,
        flags,
        catalogue.alerts(),
        new RouterReader(folder, models.keySet(), flags.keySet(), problems).read(root));
  }

  private Map<AgentId, Agent> agents(
      String fleet,
      Map<String, Machine> machines,
      Map<String, Group> groups,
      PlaceReader places,
      PortPlan plan) {
    if (!root.has("agents")) {
      problems.error(
          new Position(root.mapping().where().file(), 0, 0),
          "a manifest without agents",
          "the key agents",
          "add agents: and below it at least one agent");
    }
    Set<String> machineNames = new LinkedHashSet<>(machines.keySet());
    AgentIndex index = new AgentIndex();
    List<AgentDraft> drafts = new ArrayList<>();
    root.entries("agents")
        .forEach(
            (key, entry) -> {
              Fields own =
                  new Fields(
                      entry.value() instanceof Mapping m ? m : Mapping.empty(entry.key().where()));
              AgentDraft draft =
                  AgentDraft.of(
                      key, own, entry.key().where(), machineNames, groups, places, problems);
              boolean first = index.add(draft.id());
              if (first && entry.value() instanceof Mapping) {
                drafts.add(draft);
              } else if (!first) {
                problems.error(
                    draft.where(),
                    "the agent " + draft.id() + " a second time",
                    "each agent once on each machine",
                    "give one of them another name or machine");
              }
            });
    Map<AgentId, Prepared> prepared = new LinkedHashMap<>();
    for (AgentDraft draft : drafts) {
      Machine machine = machines.get(draft.id().machine());
      if (machine != null) {
        Mapping merged = Defaults.merge(layers(draft));
        AgentPorts ports = AgentPorts.read(draft.id(), new Fields(merged), plan, problems);
        prepared.put(draft.id(), new Prepared(draft, machine, merged, ports));
      }
    }
    AgentReader reader =
        new AgentReader(fleet, folder, plan, new NeedReader(index, problems), problems);
    Map<AgentId, Agent> agents = new LinkedHashMap<>();
    prepared.forEach(
        (id, p) ->
            agents.put(
                id,
                reader.read(
                    p.draft,
                    p.machine,
                    p.merged,
                    p.ports,
                    name -> ofAnother(name, id.machine(), index, prepared))));
    return agents;
  }

  /** An agent of which the ports are known too. */
  private record Prepared(AgentDraft draft, Machine machine, Mapping merged, AgentPorts ports) {}

  /** {@code port@AGENT}, {@code port.NAME@AGENT} and {@code address@AGENT}. */
  private static Optional<String> ofAnother(
      String name, String machine, AgentIndex index, Map<AgentId, Prepared> prepared) {
    int at = name.indexOf('@');
    if (at < 0) {
      return Optional.empty();
    }
    String what = name.substring(0, at);
    return index
        .lookUp(name.substring(at + 1), machine)
        .flatMap(id -> Optional.ofNullable(prepared.get(id)))
        .flatMap(
            other ->
                what.equals("address")
                    ? Optional.of(other.machine.address())
                    : other
                        .ports
                        .named(
                            what.equals("port")
                                ? Agent.MAIN_PORT
                                : what.replaceFirst("^port\\.", ""))
                        .map(String::valueOf));
  }

  private List<Mapping> layers(AgentDraft draft) {
    List<Mapping> layers = new ArrayList<>();
    written.section("defaults").ifPresent(defaults -> layers.add(defaults.mapping()));
    Optional<Fields> machine =
        written.section("machines").flatMap(all -> all.section(draft.id().machine()));
    machine
        .flatMap(fields -> Optional.ofNullable(fields.mapping().byKey().get("env")))
        .ifPresent(env -> layers.add(Mapping.of(Map.of("env", env), env.key().where())));
    machine
        .flatMap(fields -> fields.section("defaults"))
        .ifPresent(defaults -> layers.add(defaults.mapping()));
    written
        .section("groups")
        .flatMap(all -> all.section(draft.group()))
        .flatMap(group -> group.section("defaults"))
        .ifPresent(defaults -> layers.add(defaults.mapping()));
    layers.add(draft.own().mapping());
    return layers;
  }

  private Optional<BusSettings> bus() {
    Optional<Fields> section = root.section("bus");
    if (section.isPresent() && !section.get().has("url") && !section.get().has("batch")) {
      problems.error(
          section.get().mapping().where(),
          "bus without url",
          "url: nats://host:4222",
          "add it, or remove bus");
    }
    return section
        .flatMap(
            bus ->
                bus.text("url")
                    .map(url -> new BusSettings(url, bus.text("credentials").map(this::absolute))))
        .or(() -> root.text("bus").map(url -> new BusSettings(url, Optional.empty())));
  }

  private String absolute(String file) {
    return folder.resolve(file).normalize().toString();
  }

  private String folderName() {
    String name =
        Optional.ofNullable(folder.getFileName())
            .map(Path::toString)
            .orElse("")
            .replaceAll("[^A-Za-z0-9_-]", "-");
    return name.matches("[A-Za-z].{0,62}") ? name : "fleet";
  }
}
