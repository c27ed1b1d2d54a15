package dev.flotilla.hub.twin;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Launch;
import dev.flotilla.model.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place where one agent has the port of another written down.
 *
 * @param where such as {@code environment MEMORY_URL} or {@code argument 3}; never the value, which
 *     may hold a secret
 */
public record PortUse(AgentId agent, String where, Certainty certainty) {
  private static final Pattern HOST_BEFORE = Pattern.compile("([\\w.-]+|\\*|\\])?:$");

  /** How sure it is that the number is that port. */
  public enum Certainty {
    /** It stands behind a host, or its name says that it is a port or an address. */
    CERTAIN,
    /** The number alone. */
    POSSIBLE
  }

  /** Every place in an agent's manifest entry where the port of the other agent stands. Pure. */
  public static List<PortUse> in(Agent agent, Agent target, int port, Fleet fleet) {
    List<PortUse> uses = new ArrayList<>();
    Search search = new Search(agent, target, port, fleet, uses);
    agent.environment().forEach((name, value) -> search.text("environment " + name, name, value));
    agent.config().forEach((key, value) -> search.value("config " + key, key, value));
    arguments(agent.launch())
        .ifPresent(
            argv -> {
              for (int i = 0; i < argv.size(); i++) {
                String before = i == 0 ? "" : argv.get(i - 1);
                search.text("argument " + i, before.startsWith("-") ? before : "", argv.get(i));
              }
            });
    agent.liveness().ifPresent(p -> search.probe("liveness probe", p.check()));
    agent.readiness().ifPresent(p -> search.probe("readiness probe", p.check()));
    return uses;
  }

  private static Optional<List<String>> arguments(Launch launch) {
    return switch (launch) {
      case Launch.Command(List<String> argv, String _) -> Optional.of(argv);
      case Launch.Image(String _, Optional<List<String>> argv, List<String> _) -> argv;
      case Launch.Service _ -> Optional.empty();
    };
  }

  private record Search(Agent agent, Agent target, int port, Fleet fleet, List<PortUse> uses) {

    void value(String where, String key, Object value) {
      switch (value) {
        case Map<?, ?> map -> map.forEach((k, v) -> value(where + "." + k, String.valueOf(k), v));
        case List<?> list -> list.forEach(v -> value(where, key, v));
        case Number number -> text(where, key, number.toString());
        case String text -> text(where, key, text);
        default -> {}
      }
    }

    void text(String where, String key, String text) {
      Matcher found = Pattern.compile("(?<![\\w.])" + port + "(?![\\w]|\\.\\d)").matcher(text);
      while (found.find()) {
        Matcher host = HOST_BEFORE.matcher(text.substring(0, found.start()));
        boolean behindHost = host.find();
        String name = behindHost ? Optional.ofNullable(host.group(1)).orElse("") : "";
        if (behindHost && isElsewhere(name)) {
          continue;
        }
        boolean certain = behindHost || speaksOfPorts(key);
        uses.add(new PortUse(agent.id(), where, certain ? Certainty.CERTAIN : Certainty.POSSIBLE));
        return;
      }
    }

    void probe(String where, Probe.Check check) {
      switch (check) {
        case Probe.Http(String host, int at, String _) -> endpoint(where, host, at);
        case Probe.Tcp(String host, int at) -> endpoint(where, host, at);
        case Probe.Zmq(String host, int at, String _) -> endpoint(where, host, at);
        case Probe.Command(List<String> argv) -> argv.forEach(a -> text(where, "", a));
        case Probe.Bus _ -> {}
      }
    }

    private void endpoint(String where, String host, int at) {
      if (at == port && !isElsewhere(host)) {
        uses.add(new PortUse(agent.id(), where, Certainty.CERTAIN));
      }
    }

    /** Whether the host is known to be another machine than that of the target. */
    private boolean isElsewhere(String host) {
      boolean loopback = host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
      if (loopback) {
        return !agent.id().machine().equals(target.id().machine());
      }
      return fleet.machines().values().stream()
          .filter(m -> m.address().equals(host) || m.name().equals(host))
          .findFirst()
          .map(m -> !m.name().equals(target.id().machine()))
          .orElse(false);
    }

    private static boolean speaksOfPorts(String key) {
      String lower = key.toLowerCase(Locale.ROOT);
      return lower.contains("port")
          || lower.contains("url")
          || lower.contains("addr")
          || lower.contains("endpoint")
          || lower.contains("host");
    }
  }
}
