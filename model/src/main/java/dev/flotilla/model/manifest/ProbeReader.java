package dev.flotilla.model.manifest;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Launch;
import dev.flotilla.model.Position;
import dev.flotilla.model.Probe;
import dev.flotilla.model.Problems;
import dev.flotilla.model.shape.Nearest;
import dev.flotilla.model.shape.Scalars;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads {@code health:} and {@code readiness:} of one agent whose ports are known. */
final class ProbeReader {
  private static final String DEFAULT_ZMQ_REQUEST = "{\"action\":\"health_check\"}";

  private final AgentId agent;
  private final AgentPorts ports;
  private final PortPlan plan;
  private final Problems problems;

  ProbeReader(AgentId agent, AgentPorts ports, PortPlan plan, Problems problems) {
    this.agent = agent;
    this.ports = ports;
    this.plan = plan;
    this.problems = problems;
  }

  /** The probe under the key, in its long form; empty for none. */
  Optional<Probe> read(Fields fields, String key) {
    return fields
        .section(key)
        .flatMap(section -> check(section, key).map(check -> probe(section, check)));
  }

  /** What a service of Flotilla's own is asked when the manifest does not say. */
  Optional<Probe> ofService(Fields timing, Launch launch) {
    if (!(launch instanceof Launch.Service service)) {
      return Optional.empty();
    }
    Probe.Check check =
        ports
            .named(Agent.MAIN_PORT)
            .<Probe.Check>map(port -> new Probe.Http("127.0.0.1", port, "/health"))
            .orElse(new Probe.Bus(service.name()));
    return Optional.of(probe(timing, check));
  }

  /** Whether a service of Flotilla's own that listens calls itself ready. */
  Optional<Probe> readinessOfService(Fields timing, Launch launch) {
    return launch instanceof Launch.Service
        ? ports
            .named(Agent.MAIN_PORT)
            .map(port -> probe(timing, new Probe.Http("127.0.0.1", port, "/ready")))
        : Optional.empty();
  }

  private static Probe probe(Fields fields, Probe.Check check) {
    return new Probe(
        check,
        fields.span("interval").orElse(Duration.ofSeconds(5)),
        fields.span("timeout").orElse(Duration.ofSeconds(2)),
        fields.whole("failures").orElse(3),
        fields.span("start_period").orElse(Duration.ofSeconds(30)));
  }

  private Optional<Probe.Check> check(Fields fields, String key) {
    List<String> named = Defaults.CHECKS.stream().filter(name -> says(fields, name)).toList();
    if (named.size() > 1) {
      problems.error(
          fields.whereKey(named.get(1)),
          String.join(" and ", named) + " in one " + key,
          "one of them",
          "keep one; the other may go to " + (key.equals("health") ? "readiness" : "health"));
    }
    String host = fields.text("host").orElse("127.0.0.1");
    return named.isEmpty()
        ? Optional.empty()
        : switch (named.getFirst()) {
          case "http" ->
              port(fields, "http")
                  .map(p -> new Probe.Http(host, p, fields.text("http").orElse("/")));
          case "tcp" -> tcpPort(fields).map(p -> new Probe.Tcp(host, p));
          case "zmq" -> port(fields, "zmq").map(p -> new Probe.Zmq(host, p, request(fields)));
          case "bus" -> Optional.of(new Probe.Bus(busName(fields)));
          default -> command(fields);
        };
  }

  private static boolean says(Fields fields, String check) {
    return fields.has(check)
        && fields.text(check).flatMap(Scalars::yesNo).orElse(true)
        && (fields.scalar(check).isPresent() || check.equals("command"));
  }

  private Optional<Probe.Check> command(Fields fields) {
    List<String> words =
        fields
            .mapping()
            .get("command")
            .map(node -> CommandLine.words(node, problems))
            .orElse(List.of());
    return words.isEmpty() ? Optional.empty() : Optional.of(new Probe.Command(words));
  }

  private static String request(Fields fields) {
    return fields.text("zmq").filter(text -> !text.equals("true")).orElse(DEFAULT_ZMQ_REQUEST);
  }

  private String busName(Fields fields) {
    return fields.text("bus").filter(text -> !text.equals("true")).orElse(agent.name());
  }

  private Optional<Integer> tcpPort(Fields fields) {
    return fields
        .text("tcp")
        .filter(text -> Scalars.yesNo(text).isEmpty())
        .map(text -> named(text, fields.where("tcp")))
        .orElseGet(() -> port(fields, "tcp"));
  }

  private Optional<Integer> port(Fields fields, String check) {
    return fields
        .text("port")
        .map(text -> named(text, fields.where("port")))
        .orElseGet(() -> named(Agent.MAIN_PORT, fields.where(check)));
  }

  private Optional<Integer> named(String text, Position where) {
    Optional<Long> number = Scalars.whole(text);
    if (number.isPresent()) {
      int written = number.get().intValue();
      return ports.written(written).or(() -> plan.shifted(written, where));
    }
    Optional<Integer> port = ports.named(text);
    if (port.isEmpty()) {
      problems.error(
          where,
          text.equals(Agent.MAIN_PORT)
              ? "a probe of " + agent + ", which has no port"
              : "the unknown port '" + text + "'",
          ports.byName().isEmpty()
              ? "an agent with a port"
              : "one of " + String.join(", ", ports.byName().keySet()),
          Nearest.to(text, ports.byName().keySet())
              .map(near -> "did you mean '" + near + "'?")
              .orElse("declare it with port: or ports:, or write health: none"));
    }
    return port;
  }
}
