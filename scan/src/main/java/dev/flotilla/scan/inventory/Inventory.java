package dev.flotilla.scan.inventory;

import dev.flotilla.scan.ScanResult;
import dev.flotilla.scan.checks.Distributions;
import dev.flotilla.scan.facts.Fact;
import dev.flotilla.scan.facts.FileFacts;
import dev.flotilla.scan.graph.Agents.ConfiguredAgent;
import dev.flotilla.scan.graph.Backups;
import dev.flotilla.scan.graph.Repository;
import dev.flotilla.scan.topology.Endpoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The agents of a repository, from its configurations and from its code. */
public final class Inventory {
  /** The columns of a row, in order. */
  public static final List<String> COLUMNS =
      List.of(
          "agent",
          "machine",
          "group",
          "file",
          "entryPoint",
          "class",
          "lines",
          "state",
          "standardImports",
          "distributions",
          "ownImports",
          "binds",
          "connects",
          "configuredPort",
          "configuredHealthPort",
          "health",
          "gpu",
          "environment",
          "resources",
          "configuration",
          "needs",
          "tests",
          "configuredIn",
          "lastChange",
          "owner");

  private final ScanResult result;
  private final Map<String, GitHistory.Change> history;
  private final Distributions distributions = new Distributions();
  private final Map<String, List<Endpoint>> endpoints = new HashMap<>();
  private final Map<String, Set<String>> tests = new HashMap<>();

  /**
   * @param history by path, who changed each file last and when; may be empty
   */
  public Inventory(ScanResult result, Map<String, GitHistory.Change> history) {
    this.result = result;
    this.history = history;
    for (Endpoint endpoint : result.topology().endpoints()) {
      endpoints.computeIfAbsent(endpoint.file(), _ -> new ArrayList<>()).add(endpoint);
    }
    Repository repository = result.repository();
    for (FileFacts file : repository.python()) {
      if (Repository.isTest(file.path())) {
        repository
            .imports()
            .edges()
            .getOrDefault(file.path(), Map.of())
            .keySet()
            .forEach(to -> tests.computeIfAbsent(to, _ -> new TreeSet<>()).add(file.path()));
      }
    }
  }

  /** One row an agent: those configured in their order, then those only in the code by path. */
  public List<Map<String, String>> rows() {
    List<Map<String, String>> rows = new ArrayList<>();
    Set<String> seen = new TreeSet<>();
    for (ConfiguredAgent agent : result.repository().agents().inForce()) {
      agent.path().ifPresent(seen::add);
      rows.add(row(agent.name(), agent.machine(), agent.path(), Optional.of(agent)));
    }
    for (FileFacts file : result.repository().living()) {
      boolean main = file.of(Fact.Kind.TRAIT).anyMatch(f -> f.value(0).equals("main"));
      Optional<Fact> type =
          file.of(Fact.Kind.CLASS)
              .filter(f -> f.value(1).contains("BaseAgent") || f.value(0).endsWith("Agent"))
              .findFirst();
      if (main && type.isPresent() && seen.add(file.path())) {
        String machine = result.repository().agents().machineOf(file.path());
        rows.add(row(type.get().value(0), machine, Optional.of(file.path()), Optional.empty()));
      }
    }
    return rows;
  }

  private Map<String, String> row(
      String name, String machine, Optional<String> path, Optional<ConfiguredAgent> agent) {
    Map<String, String> row = new LinkedHashMap<>();
    COLUMNS.forEach(column -> row.put(column, ""));
    row.put("agent", name);
    row.put("machine", machine);
    row.put("file", path.orElseGet(() -> agent.map(ConfiguredAgent::script).orElse("")));
    row.put("state", path.isEmpty() ? "missing" : "");
    agent.ifPresent(
        a -> {
          row.put("group", a.group());
          row.put("configuredPort", a.port() == 0 ? "" : Integer.toString(a.port()));
          row.put(
              "configuredHealthPort", a.healthPort() == 0 ? "" : Integer.toString(a.healthPort()));
          row.put("needs", String.join(" ", a.needs()));
          row.put("configuration", String.join(" ", new TreeSet<>(a.config().keySet())));
          row.put("configuredIn", a.file() + ":" + a.line());
        });
    path.flatMap(result.repository()::file).ifPresent(file -> code(file, row));
    return row;
  }

  private void code(FileFacts file, Map<String, String> row) {
    Set<String> standard = new TreeSet<>();
    Set<String> third = new TreeSet<>();
    Set<String> own = new TreeSet<>();
    for (Fact fact : file.of(Fact.Kind.IMPORT).toList()) {
      String first = fact.value(0).replaceAll("^(\\w*)\\..*", "$1");
      if (result.repository().modules().isOwn(file.path(), fact.value(0))) {
        own.add(fact.value(0));
      } else if (Distributions.standard(first)) {
        standard.add(first);
      } else if (!first.isEmpty()) {
        third.add(distributions.of(first));
      }
    }
    boolean main = file.of(Fact.Kind.TRAIT).anyMatch(f -> f.value(0).equals("main"));
    row.put("entryPoint", main ? "__main__" : "");
    row.put("class", file.of(Fact.Kind.CLASS).map(f -> f.value(0)).reduce((a, b) -> b).orElse(""));
    row.put("lines", Integer.toString(file.lines()));
    String state = file.state().name().toLowerCase(java.util.Locale.ROOT);
    row.put("state", Backups.contains(file.path()) ? state + " backup" : state);
    row.put("standardImports", String.join(" ", standard));
    row.put("distributions", String.join(" ", third));
    row.put("ownImports", String.join(" ", own));
    List<Endpoint> sockets = endpoints.getOrDefault(file.path(), List.of());
    row.put("binds", sockets(sockets, true));
    row.put("connects", sockets(sockets, false));
    row.put("health", distinct(file, Fact.Kind.HEALTH, 0));
    row.put("gpu", distinct(file, Fact.Kind.GPU, 0));
    row.put("environment", distinct(file, Fact.Kind.ENVIRONMENT, 0));
    row.put("resources", distinct(file, Fact.Kind.RESOURCE, 1));
    if (row.getOrDefault("configuration", "").isEmpty()) {
      row.put("configuration", distinct(file, Fact.Kind.CONFIG_KEY, 0));
    }
    row.put("tests", String.join(" ", tests.getOrDefault(file.path(), Set.of())));
    GitHistory.Change change = history.get(file.path());
    if (change != null) {
      row.put("lastChange", change.date());
      row.put("owner", change.author());
    }
  }

  private static String sockets(List<Endpoint> endpoints, boolean binds) {
    return endpoints.stream()
        .filter(e -> e.binds() == binds)
        .map(e -> e.protocol() + (e.type().isEmpty() ? "" : "/" + e.type()) + ":" + e.portText())
        .distinct()
        .sorted()
        .collect(Collectors.joining(" "));
  }

  private static String distinct(FileFacts file, Fact.Kind kind, int index) {
    return file.of(kind)
        .map(f -> f.value(index))
        .filter(v -> v.length() < 80)
        .distinct()
        .sorted()
        .collect(Collectors.joining(" "));
  }
}
