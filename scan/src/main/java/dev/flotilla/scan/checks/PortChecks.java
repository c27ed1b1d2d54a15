package dev.flotilla.scan.checks;

import dev.flotilla.scan.facts.Fact;
import dev.flotilla.scan.facts.FileFacts;
import dev.flotilla.scan.graph.Agents.ConfiguredAgent;
import dev.flotilla.scan.graph.Repository;
import dev.flotilla.scan.rules.Confidence;
import dev.flotilla.scan.rules.Finding;
import dev.flotilla.scan.rules.Rule;
import dev.flotilla.scan.rules.Severity;
import dev.flotilla.scan.topology.Endpoint;
import dev.flotilla.scan.topology.Endpoint.Origin;
import dev.flotilla.scan.topology.Topology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Ports and sockets: conflicts, orphans, mismatches, drift between code and configuration. */
final class PortChecks {
  private static final Map<String, Set<String>> PARTNERS =
      Map.of(
          "REQ", Set.of("REP", "ROUTER"),
          "REP", Set.of("REQ", "DEALER"),
          "PUB", Set.of("SUB", "XSUB"),
          "SUB", Set.of("PUB", "XPUB"),
          "XPUB", Set.of("SUB", "XSUB"),
          "XSUB", Set.of("PUB", "XPUB"),
          "PUSH", Set.of("PULL"),
          "PULL", Set.of("PUSH"),
          "DEALER", Set.of("REP", "ROUTER", "DEALER"),
          "ROUTER", Set.of("REQ", "DEALER", "ROUTER"));

  private final Repository repository;
  private final List<Endpoint> living;
  private final List<Finding> findings = new ArrayList<>();

  private PortChecks(Repository repository, Topology topology) {
    this.repository = repository;
    this.living =
        topology.endpoints().stream()
            .filter(e -> !repository.isBackup(e.file()) && !Repository.isTest(e.file()))
            .toList();
  }

  static List<Finding> of(Repository repository, Topology topology) {
    PortChecks checks = new PortChecks(repository, topology);
    checks.configured();
    checks.published();
    checks.openBinds();
    checks.pairs();
    checks.drift();
    checks.doubleBinds();
    return checks.findings;
  }

  private void configured() {
    Map<String, ConfiguredAgent> owners = new HashMap<>();
    for (ConfiguredAgent agent : repository.agents().inForce()) {
      claim(agent, agent.port(), "port", owners);
      claim(agent, agent.healthPort(), "health port", owners);
    }
  }

  private void claim(
      ConfiguredAgent agent, int port, String what, Map<String, ConfiguredAgent> owners) {
    if (port == 0) {
      return;
    }
    ConfiguredAgent owner = owners.putIfAbsent(agent.machine() + ":" + port, agent);
    if (owner != null && !owner.name().equals(agent.name())) {
      findings.add(
          Finding.of(
              Rule.PORT_CONFLICT,
              Confidence.INFERRED,
              agent.file(),
              agent.line(),
              what
                  + " "
                  + port
                  + " of "
                  + agent.name()
                  + " on "
                  + agent.machine()
                  + " is already "
                  + owner.name()
                  + "'s ("
                  + owner.file()
                  + ":"
                  + owner.line()
                  + ")"));
    }
  }

  private void published() {
    for (FileFacts file : repository.files()) {
      Map<String, String> owners = new HashMap<>();
      for (Fact fact : file.of(Fact.Kind.COMPOSE_PORT).toList()) {
        String host = fact.value(1);
        String owner =
            host.isEmpty() ? null : owners.putIfAbsent(fact.value(3) + ":" + host, fact.value(0));
        if (owner != null && !owner.equals(fact.value(0))) {
          findings.add(
              Finding.of(
                  Rule.PORT_CONFLICT,
                  Confidence.PARSED,
                  file.path(),
                  fact.line(),
                  "host port " + host + " of " + fact.value(0) + " is already " + owner + "'s"));
        }
      }
    }
  }

  private void openBinds() {
    Map<String, List<Endpoint>> byFile = new TreeMap<>();
    for (Endpoint endpoint : living) {
      boolean open =
          endpoint.host().equals("*")
              || endpoint.host().equals("0.0.0.0")
              || endpoint.host().equals("[::]");
      if (endpoint.binds() && open && endpoint.protocol().equals("zmq")) {
        byFile.computeIfAbsent(endpoint.file(), _ -> new ArrayList<>()).add(endpoint);
      }
    }
    byFile.forEach(
        (file, endpoints) -> {
          boolean curve =
              repository.file(file).stream()
                  .flatMap(f -> f.of(Fact.Kind.TRAIT))
                  .anyMatch(f -> f.value(0).equals("curve"));
          if (!curve) {
            Endpoint first = endpoints.getFirst();
            findings.add(
                new Finding(
                    Rule.OPEN_BIND,
                    Rule.OPEN_BIND.severity(),
                    Confidence.PARSED,
                    file,
                    first.line(),
                    0,
                    first.symbol(),
                    endpoints.size() + " sockets on every interface without CURVE"));
          }
        });
  }

  private void pairs() {
    Map<Integer, List<Endpoint>> binds = new HashMap<>();
    Set<Integer> known = new HashSet<>();
    for (Endpoint endpoint : living) {
      if (endpoint.binds() && endpoint.port().isPresent()) {
        binds.computeIfAbsent(endpoint.port().getAsInt(), _ -> new ArrayList<>()).add(endpoint);
        known.add(endpoint.port().getAsInt());
      }
    }
    for (ConfiguredAgent agent : repository.agents().inForce()) {
      known.add(agent.port());
      known.add(agent.healthPort());
      agent.config().values().stream()
          .filter(v -> v.matches("\\d{2,5}"))
          .forEach(v -> known.add(Integer.valueOf(v)));
    }
    for (FileFacts file : repository.files()) {
      file.of(Fact.Kind.COMPOSE_PORT)
          .filter(f -> f.value(1).matches("\\d{1,5}"))
          .forEach(f -> known.add(Integer.valueOf(f.value(1))));
    }
    for (Endpoint endpoint : living) {
      if (endpoint.binds() || endpoint.port().isEmpty() || !endpoint.protocol().equals("zmq")) {
        continue;
      }
      int port = endpoint.port().getAsInt();
      if (!known.contains(port)) {
        add(
            Rule.ORPHAN_CONNECT,
            endpoint,
            "connects to port " + port + ", which nothing here binds");
      } else {
        mismatch(endpoint, binds.getOrDefault(port, List.of()));
      }
    }
  }

  private void mismatch(Endpoint connect, List<Endpoint> binds) {
    Set<String> types = new TreeSet<>();
    for (Endpoint bind : binds) {
      if (bind.protocol().equals("zmq")) {
        types.add(bind.type());
      }
    }
    Set<String> partners = PARTNERS.getOrDefault(connect.type(), Set.of());
    boolean judged = !types.isEmpty() && !types.contains("") && !partners.isEmpty();
    if (judged && types.stream().noneMatch(partners::contains)) {
      Endpoint bind = binds.getFirst();
      add(
          Rule.SOCKET_MISMATCH,
          connect,
          connect.type()
              + " connects to port "
              + connect.port().getAsInt()
              + ", bound by "
              + String.join("/", types)
              + " ("
              + bind.file()
              + ":"
              + bind.line()
              + ")");
    }
  }

  /** The ports an agent's own script binds against those of its configuration. */
  private void drift() {
    for (ConfiguredAgent agent : repository.agents().inForce()) {
      if (agent.path().isEmpty() || agent.port() == 0) {
        continue;
      }
      String path = agent.path().get();
      boolean based =
          repository.file(path).stream()
              .flatMap(f -> f.of(Fact.Kind.CLASS))
              .anyMatch(f -> f.value(1).contains("BaseAgent"));
      if (based) {
        continue;
      }
      Set<Integer> bound = new TreeSet<>();
      boolean open = false;
      Optional<Endpoint> first = Optional.empty();
      for (Endpoint endpoint : living) {
        boolean own = endpoint.file().equals(path) && endpoint.binds();
        if (own && !endpoint.protocol().equals("metrics")) {
          open |= endpoint.port().isEmpty() || endpoint.origin() == Origin.CONFIGURATION;
          endpoint.port().ifPresent(bound::add);
          first = first.or(() -> Optional.of(endpoint));
        }
      }
      if (!open && !bound.isEmpty() && !bound.contains(agent.port()) && first.isPresent()) {
        add(
            Rule.PORT_DRIFT,
            first.get(),
            agent.name()
                + "@"
                + agent.machine()
                + " is configured with port "
                + agent.port()
                + " ("
                + agent.file()
                + ":"
                + agent.line()
                + ") but its script binds "
                + bound);
      }
    }
  }

  private void doubleBinds() {
    Map<String, Endpoint> seen = new HashMap<>();
    for (Endpoint endpoint : living) {
      if (!endpoint.binds() || endpoint.port().isEmpty() || endpoint.type().isEmpty()) {
        continue;
      }
      String key = endpoint.file() + "#" + endpoint.symbol() + "#" + endpoint.port().getAsInt();
      Endpoint before = seen.putIfAbsent(key, endpoint);
      if (before != null && !before.type().equals(endpoint.type())) {
        add(
            Rule.DOUBLE_BIND,
            endpoint,
            "port "
                + endpoint.port().getAsInt()
                + " is bound as "
                + before.type()
                + " in line "
                + before.line()
                + " and as "
                + endpoint.type()
                + " here");
      }
    }
  }

  private void add(Rule rule, Endpoint endpoint, String message) {
    Severity severity =
        endpoint.origin() == Origin.DEFAULT ? lower(rule.severity()) : rule.severity();
    findings.add(
        new Finding(
            rule,
            severity,
            Confidence.INFERRED,
            endpoint.file(),
            endpoint.line(),
            0,
            endpoint.symbol(),
            message));
  }

  private static Severity lower(Severity severity) {
    return switch (severity) {
      case CRITICAL -> Severity.HIGH;
      case HIGH -> Severity.MEDIUM;
      case MEDIUM, LOW -> Severity.LOW;
    };
  }
}
