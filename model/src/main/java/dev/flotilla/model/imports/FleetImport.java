package dev.flotilla.model.imports;

import dev.flotilla.model.Position;
import dev.flotilla.model.Problem;
import dev.flotilla.model.Problems;
import dev.flotilla.model.Result;
import dev.flotilla.model.imports.Draft.DraftAgent;
import dev.flotilla.model.imports.Draft.DraftNeed;
import dev.flotilla.model.yaml.YamlNode;
import dev.flotilla.model.yaml.YamlNode.Mapping;
import dev.flotilla.model.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes one manifest out of start-up configurations and compose files. Stateless. */
public final class FleetImport {
  private FleetImport() {}

  /**
   * @param fleet the fleet's name
   * @param sources each file is told by its content; start-up configurations are read first
   * @return the manifest and what to know of it, or why a file could not be read
   */
  public static Result<Imported> read(String fleet, List<Source> sources) {
    Problems problems = new Problems();
    Notes notes = new Notes();
    Map<Source, Mapping> startups = new LinkedHashMap<>();
    Map<Source, Mapping> composes = new LinkedHashMap<>();
    for (Source source : sources) {
      Problems own = new Problems();
      Optional<YamlNode> root = YamlReader.read(source.file(), source.content(), own);
      root.ifPresent(node -> sort(source, node, startups, composes, own));
      repeated(own, root.isPresent(), problems, notes);
    }
    if (problems.hasErrors() || sources.isEmpty()) {
      return new Result.Failed<>(problems.sorted());
    }
    Draft draft = new Draft(!composes.isEmpty());
    startups.forEach((source, root) -> startup(draft, notes, source, root, startups.size()));
    composes.forEach((source, root) -> compose(draft, notes, source, root));
    Hoist.up(draft.mixed ? draft.groups.values() : draft.machines.values(), draft.defaults);
    draft.machines.forEach((machine, keys) -> Hoist.extensions(draft, machine, keys));
    draft.agents.forEach(agent -> needs(draft, agent, notes));
    namesOnSeveralMachines(draft, notes);
    if (draft.machines.size() > 1) {
      notes.understood(
          new Position(sources.getFirst().file(), 0, 0),
          "no addresses of " + String.join(" and ", draft.machines.keySet()),
          "127.0.0.1; write address: at each machine before they are to reach each other");
    }
    sources.forEach(source -> comments(source, notes));
    String yaml = new DraftWriter(draft, fleet, sources).write();
    return problems.result(
        new Imported(
            yaml,
            notes.all(),
            draft.machines.keySet().stream().map(machine -> part(draft, machine)).toList()));
  }

  private static Imported.Part part(Draft draft, String machine) {
    List<Draft.DraftAgent> agents =
        draft.agents.stream().filter(agent -> agent.machine.equals(machine)).toList();
    return new Imported.Part(
        machine, (int) agents.stream().map(agent -> agent.group).distinct().count(), agents.size());
  }

  private static void sort(
      Source source,
      YamlNode node,
      Map<Source, Mapping> startups,
      Map<Source, Mapping> composes,
      Problems problems) {
    if (!(node instanceof Mapping root)) {
      problems.error(
          node.where(),
          "a file that is no mapping",
          "agent_groups:, a list of services, or services:",
          "name a start-up configuration or a compose file");
    } else if (root.byKey().containsKey("agents") && root.byKey().containsKey("machines")) {
      problems.error(
          node.where(),
          "a manifest",
          "a start-up configuration or a compose file",
          "it needs no import: use it with -f");
    } else {
      (ComposeReader.is(root) ? composes : startups).put(source, root);
    }
  }

  /** The first of two equal keys counts; that is a note here and no error. */
  private static void repeated(Problems own, boolean read, Problems problems, Notes notes) {
    for (Problem problem : own.sorted()) {
      if (read && problem.found().endsWith("a second time")) {
        notes.lost(problem.where(), problem.found(), "the first one counts");
      } else {
        problems.addAll(List.of(problem));
      }
    }
  }

  private static void startup(Draft draft, Notes notes, Source source, Mapping root, int files) {
    String machine =
        source
            .machine()
            .map(Names::safe)
            .or(() -> Names.ofFolder(source.file()))
            .orElse(files == 1 ? "local" : "machine" + (draft.machines.size() + 1));
    if (source.machine().isEmpty() && !root.byKey().containsKey("machine_profiles")) {
      notes.understood(
          new Position(source.file(), 0, 0),
          "no word on the machine",
          machine + ", after the folder");
    }
    new StartupConfigReader(draft, notes, machine).read(root);
  }

  private static void compose(Draft draft, Notes notes, Source source, Mapping root) {
    String project = Names.ofFolder(source.file()).orElse("compose");
    String machine =
        source
            .machine()
            .map(Names::safe)
            .or(() -> draft.machines.keySet().stream().findFirst())
            .orElse("local");
    if (source.machine().isEmpty()) {
      notes.understood(
          new Position(source.file(), 0, 0),
          "a compose file without a word on the machine",
          "the machine " + machine);
    }
    new ComposeReader(draft, notes, project, machine).read(root);
  }

  private static void namesOnSeveralMachines(Draft draft, Notes notes) {
    Map<String, List<DraftAgent>> byMachines = new LinkedHashMap<>();
    for (DraftAgent agent : draft.agents) {
      List<DraftAgent> named = draft.named(agent.name);
      if (named.size() > 1 && named.getFirst() == agent) {
        String machines = String.join(" and ", named.stream().map(a -> a.machine).toList());
        byMachines.computeIfAbsent(machines, m -> new ArrayList<>()).add(agent);
      }
    }
    byMachines.forEach(
        (machines, agents) ->
            notes.understood(
                agents.getFirst().where,
                agents.size()
                    + " names on both "
                    + machines
                    + ": "
                    + String.join(", ", agents.stream().map(a -> a.name).toList()),
                "each is an agent of its own, called name@machine"));
  }

  private static void comments(Source source, Notes notes) {
    long lines =
        new String(source.content(), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.stripLeading().startsWith("#"))
            .count();
    if (lines > 0) {
      notes.lost(
          new Position(source.file(), 0, 0), lines + " lines of comments", "not in the manifest");
    }
  }

  /** Dependencies by the names of the manifest; those on nobody are kept and reported. */
  private static void needs(Draft draft, DraftAgent agent, Notes notes) {
    Map<String, String> needs = new LinkedHashMap<>();
    List<Object> unknown = new ArrayList<>();
    for (DraftNeed need : agent.needs) {
      String name = Names.safe(need.name());
      List<DraftAgent> named = draft.named(name);
      if (need.condition().equals("completed")) {
        draft
            .agent(name, agent.machine)
            .ifPresent(job -> job.keys.putIfAbsent("restart", "on-failure"));
      }
      if (draft.agent(name, agent.machine).filter(other -> other != agent).isPresent()) {
        needs.put(name, need.condition());
      } else if (named.size() == 1 && named.getFirst() != agent) {
        String full = name + "@" + named.getFirst().machine;
        needs.put(full, need.condition());
        notes.understood(
            need.where(),
            agent.name
                + " on "
                + agent.machine
                + " needs "
                + name
                + ", which is only on "
                + named.getFirst().machine,
            full);
      } else {
        unknown.add(need.name());
        String why =
            named.isEmpty() ? "which is nowhere" : "which is itself or on several other machines";
        notes.kept(
            need.where(),
            agent.name + " needs " + need.name() + ", " + why,
            "x-needs of " + agent.name);
      }
    }
    if (!needs.isEmpty()) {
      boolean usual = needs.values().stream().allMatch("healthy"::equals);
      agent.keys.put("needs", usual ? List.copyOf(needs.keySet()) : needs);
    }
    if (!unknown.isEmpty()) {
      agent.keys.put("x-needs", unknown);
    }
  }
}
