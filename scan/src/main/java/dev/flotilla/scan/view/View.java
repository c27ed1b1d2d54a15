package dev.flotilla.scan.view;

import dev.flotilla.scan.ScanResult;
import dev.flotilla.scan.facts.Fact;
import dev.flotilla.scan.facts.FileFacts;
import dev.flotilla.scan.graph.Agents.ConfiguredAgent;
import dev.flotilla.scan.graph.Backups;
import dev.flotilla.scan.graph.Cycles;
import dev.flotilla.scan.graph.ImportGraph;
import dev.flotilla.scan.inventory.Diagram;
import dev.flotilla.scan.rules.Finding;
import dev.flotilla.scan.rules.Rule;
import dev.flotilla.scan.topology.Endpoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What can be looked at by itself. */
public enum View {
  PORTS("Every port of the fleet: who has it, in configuration, compose and code."),
  CYCLES("Import cycles, each with its shortest circle and the best place to cut."),
  REQUIREMENTS("Requirements that are missing, unused, twice, loose or skewed."),
  DUPLICATES("Copies: families of one agent's variants, and blocks in two files."),
  SECRETS("Credentials in the source."),
  GPU("Who uses the graphics card, by machine."),
  TOPOLOGY("Every socket of the code, with its port as far as the repository tells."),
  CONNECTIONS("Who connects to whom, by the ports both sides name."),
  LAYERS("How high each module stands on others when it starts."),
  HOTTEST("The tenth of the functions that is hardest to change."),
  DRIFT("Where configuration, code and images disagree."),
  CRITICAL("The critical path of the start-up and the single points of failure.");

  private static final Set<Rule> REQUIREMENT_RULES =
      EnumSet.range(Rule.MISSING_REQUIREMENT, Rule.IMAGE_REQUIREMENT);
  private static final Set<Rule> DRIFT_RULES =
      EnumSet.of(
          Rule.PORT_CONFLICT,
          Rule.PORT_DRIFT,
          Rule.GHOST_AGENT,
          Rule.BROKEN_AGENT,
          Rule.BACKUP_AGENT,
          Rule.UNLISTED_AGENT,
          Rule.NEED_MISSING,
          Rule.CONFIG_PROBLEM,
          Rule.VERSION_SKEW,
          Rule.MISSING_REQUIREMENT,
          Rule.IMAGE_REQUIREMENT,
          Rule.GPU_DRIFT);

  private final String description;

  View(String description) {
    this.description = description;
  }

  /**
   * Rows of text under headings.
   *
   * @param columns headings
   * @param rows each as long as the headings
   */
  public record Rows(List<String> columns, List<List<String>> rows) {}

  /** In a sentence. */
  public String description() {
    return description;
  }

  /** The name in commands. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The view of a scan. */
  public Rows of(ScanResult result) {
    return switch (this) {
      case PORTS -> ports(result);
      case CYCLES -> cycles(result);
      case REQUIREMENTS -> findings(result, REQUIREMENT_RULES);
      case DUPLICATES -> findings(result, EnumSet.of(Rule.COPY_FAMILY, Rule.COPY_BLOCK));
      case SECRETS -> findings(result, EnumSet.of(Rule.SECRET, Rule.DEFAULT_LOGIN));
      case GPU -> gpu(result);
      case TOPOLOGY -> topology(result);
      case CONNECTIONS -> GraphRows.connections(result);
      case LAYERS -> GraphRows.layers(result);
      case HOTTEST -> GraphRows.hottest(result);
      case DRIFT -> findings(result, DRIFT_RULES);
      case CRITICAL -> critical(result);
    };
  }

  /** The findings of some rules. */
  public static Rows findings(ScanResult result, Set<Rule> rules) {
    List<List<String>> rows = new ArrayList<>();
    for (Finding finding : result.findings()) {
      if (rules.contains(finding.rule())) {
        String machine = result.repository().agents().machineOf(finding.file());
        rows.add(
            List.of(
                finding.severity().word(),
                finding.rule().id(),
                machine,
                finding.file() + (finding.line() > 0 ? ":" + finding.line() : ""),
                finding.message()));
      }
    }
    return new Rows(List.of("severity", "rule", "machine", "place", "what"), rows);
  }

  private static Rows ports(ScanResult result) {
    List<List<String>> rows = new ArrayList<>();
    for (ConfiguredAgent agent : result.repository().agents().inForce()) {
      String place = agent.file() + ":" + agent.line();
      port(rows, agent.machine(), agent.port(), agent.name(), "port", place);
      port(rows, agent.machine(), agent.healthPort(), agent.name(), "health", place);
    }
    for (FileFacts file : result.repository().files()) {
      file.of(Fact.Kind.COMPOSE_PORT)
          .filter(f -> f.value(1).matches("\\d+"))
          .forEach(
              f ->
                  port(
                      rows,
                      result.repository().agents().machineOf(file.path()),
                      Integer.parseInt(f.value(1)),
                      f.value(0),
                      "compose → " + f.value(2),
                      file.path() + ":" + f.line()));
    }
    for (Endpoint endpoint : result.topology().endpoints()) {
      if (endpoint.binds() && endpoint.port().isPresent() && !Backups.contains(endpoint.file())) {
        String machine = result.repository().agents().machineOf(endpoint.file());
        Optional<ConfiguredAgent> agent = result.repository().agents().ofScript(endpoint.file());
        String what =
            "bind "
                + endpoint.protocol()
                + (endpoint.type().isEmpty() ? "" : "/" + endpoint.type());
        port(
            rows,
            machine,
            endpoint.port().getAsInt(),
            agent.map(ConfiguredAgent::name).orElse("-"),
            what,
            endpoint.file() + ":" + endpoint.line());
      }
    }
    rows.sort(
        Comparator.<List<String>, String>comparing(r -> r.get(0))
            .thenComparing(r -> Integer.valueOf(r.get(1)))
            .thenComparing(r -> r.get(3))
            .thenComparing(r -> r.get(4)));
    return new Rows(List.of("machine", "port", "agent", "as", "place"), rows);
  }

  private static void port(
      List<List<String>> rows, String machine, int port, String who, String what, String place) {
    if (port > 0) {
      rows.add(List.of(machine, Integer.toString(port), who, what, place));
    }
  }

  private static Rows cycles(ScanResult result) {
    List<List<String>> rows = new ArrayList<>();
    ImportGraph graph = result.repository().imports();
    for (Cycles.Component cycle : Cycles.of(graph.edges().keySet(), graph::atStart)) {
      rows.add(
          List.of(
              Integer.toString(cycle.members().size()),
              String.join(" → ", cycle.shortest()),
              cycle.cutFrom() + " → " + cycle.cutTo()));
    }
    return new Rows(List.of("modules", "shortest circle", "best cut"), rows);
  }

  private static Rows gpu(ScanResult result) {
    List<List<String>> rows = new ArrayList<>();
    for (FileFacts file : result.repository().living()) {
      List<Fact> uses = file.of(Fact.Kind.GPU).toList();
      if (!uses.isEmpty()) {
        rows.add(
            List.of(
                result.repository().agents().machineOf(file.path()),
                result
                    .repository()
                    .agents()
                    .ofScript(file.path())
                    .map(ConfiguredAgent::name)
                    .orElse("-"),
                file.path(),
                Integer.toString(uses.size()),
                String.join(
                    ", ", uses.stream().map(f -> f.value(0)).distinct().limit(4).toList())));
      }
    }
    rows.sort(
        Comparator.<List<String>, String>comparing(r -> r.get(0)).thenComparing(r -> r.get(2)));
    return new Rows(List.of("machine", "agent", "file", "uses", "how"), rows);
  }

  private static Rows topology(ScanResult result) {
    List<List<String>> rows = new ArrayList<>();
    for (Endpoint e : result.topology().endpoints()) {
      if (!Backups.contains(e.file())) {
        rows.add(
            List.of(
                result.repository().agents().machineOf(e.file()),
                e.binds() ? "bind" : "connect",
                e.protocol() + (e.type().isEmpty() ? "" : "/" + e.type()),
                e.host().isEmpty() ? "?" : e.host(),
                e.portText(),
                e.origin().name().toLowerCase(Locale.ROOT),
                e.file() + ":" + e.line()));
      }
    }
    return new Rows(List.of("machine", "role", "protocol", "host", "port", "from", "place"), rows);
  }

  private static Rows critical(ScanResult result) {
    List<List<String>> rows = new ArrayList<>();
    int step = 1;
    for (String key : Diagram.criticalPath(result.repository())) {
      rows.add(List.of("critical path", Integer.toString(step++), key, ""));
    }
    for (Map.Entry<String, Integer> entry : Diagram.dependants(result.repository()).entrySet()) {
      if (entry.getValue() >= 3) {
        rows.add(
            List.of("single point", "", entry.getKey(), entry.getValue() + " agents fall with it"));
      }
    }
    return new Rows(List.of("what", "step", "agent", "note"), rows);
  }
}
