package dev.flotilla.scan.fix;

import dev.flotilla.scan.graph.Agents.ConfiguredAgent;
import dev.flotilla.scan.rules.Rule;
import dev.flotilla.scan.topology.Endpoint;
import dev.flotilla.scan.topology.Topology;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The names of ports and addresses, one a value: an agent's own port is what the node hands it, the
 * port of another is called after its owner. They are written down in {@code config/ports.env},
 * which shells, compose files and systemd read.
 */
final class PortRegistry {
  private static final String FILE = "config/ports.env";

  private final Workbench bench;
  private final Topology topology;
  private final Map<String, Named> names = new TreeMap<>();

  PortRegistry(Workbench bench, Topology topology) {
    this.bench = bench;
    this.topology = topology;
  }

  private record Named(String value, String owner, Set<String> users) {}

  /** The variable for a port in a file. */
  String port(int port, String path) {
    Optional<ConfiguredAgent> own = bench.repository().agents().ofScript(path);
    if (own.isPresent() && own.get().port() == port) {
      return "FLOTILLA_PORT";
    }
    if (own.isPresent() && own.get().healthPort() == port) {
      return "FLOTILLA_PORT_HEALTH";
    }
    Set<String> owners = owners(port);
    String owner = owners.size() == 1 ? owners.iterator().next() : "";
    String name = owner.isEmpty() ? "PORT_" + port : upper(owner) + "_PORT";
    return named(name, Integer.toString(port), String.join(", ", owners), path);
  }

  /** The variable for the address of a machine. */
  String host(String address, String path) {
    return named("HOST_" + address.replace('.', '_'), address, "", path);
  }

  private String named(String name, String value, String owner, String path) {
    Named known = names.get(name);
    if (known != null && !known.value.equals(value)) {
      return named(name + "_" + value.replace('.', '_'), value, owner, path);
    }
    names.computeIfAbsent(name, _ -> new Named(value, owner, new TreeSet<>())).users.add(path);
    return name;
  }

  /** Who has a port: agents in force, else the classes that bind it. */
  private Set<String> owners(int port) {
    Set<String> result = new TreeSet<>();
    for (ConfiguredAgent agent : bench.repository().agents().inForce()) {
      if (agent.port() == port) {
        result.add(agent.name());
      } else if (agent.healthPort() == port) {
        result.add(agent.name() + "Health");
      }
    }
    if (result.isEmpty()) {
      for (Endpoint endpoint : topology.endpoints()) {
        if (endpoint.binds() && endpoint.port().equals(OptionalInt.of(port))) {
          String symbol = endpoint.symbol().split("\\.", 2)[0];
          String file = endpoint.file().substring(endpoint.file().lastIndexOf('/') + 1);
          result.add(symbol.isEmpty() ? file.replaceAll("\\.\\w+$", "") : symbol);
        }
      }
    }
    return result;
  }

  /** {@code MemoryAgent} is {@code MEMORY_AGENT}. */
  static String upper(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_")
        .replaceAll("[^A-Za-z0-9]+", "_")
        .toUpperCase(Locale.ROOT);
  }

  /** Writes down the names that are not in the file yet. */
  void write() throws IOException {
    boolean there = bench.repository().exists(FILE);
    String before = there ? bench.text(FILE).orElse("") : "";
    StringBuilder lines = new StringBuilder();
    int count = 0;
    for (Map.Entry<String, Named> entry : names.entrySet()) {
      Named named = entry.getValue();
      if (before.lines().noneMatch(line -> line.startsWith(entry.getKey() + "="))) {
        count++;
        lines
            .append("# ")
            .append(named.owner.isEmpty() ? "" : "of " + named.owner + "; ")
            .append("read in ")
            .append(String.join(", ", List.copyOf(named.users)))
            .append('\n')
            .append(entry.getKey())
            .append('=')
            .append(named.value)
            .append('\n');
      }
    }
    if (count == 0) {
      return;
    }
    Set<Rule> rules = EnumSet.of(Rule.HARD_PORT);
    String head = "# Ports and addresses of the fleet; each is the default in the code as well.\n";
    bench.add(
        there
            ? new Change.Edit(FILE, before, before + lines, rules, count)
            : new Change.Create(FILE, head + lines, rules, count));
  }
}
