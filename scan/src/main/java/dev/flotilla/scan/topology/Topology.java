package dev.flotilla.scan.topology;

import dev.flotilla.scan.facts.Fact;
import dev.flotilla.scan.facts.FileFacts;
import dev.flotilla.scan.facts.Hole;
import dev.flotilla.scan.graph.Agents.ConfiguredAgent;
import dev.flotilla.scan.graph.Repository;
import dev.flotilla.scan.topology.Endpoint.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every socket of the repository.
 *
 * @param endpoints in order of file and line
 */
public record Topology(List<Endpoint> endpoints) {
  private static final Pattern SHIFTED = Pattern.compile("(\\w+)([+-]\\d{1,4})");
  private static final Pattern HOLE = Pattern.compile("«\\w+:[^»]*»");
  private static final Pattern FIXED =
      Pattern.compile(
          "(?:.*\\.)?(?:get_zmq_connection_string\\((\\d{2,5})(?:,.*)?|get_(?:service_)?port\\([^,]*,"
              + " (\\d{2,5}))\\)");
  private static final Pattern LOOKED_UP =
      Pattern.compile(
          "(?:.*\\.)?(?:get_(?:service_)?port|get_service_(?:address|connection|url|endpoint)|discover_service|get_config|load_config|get_settings)\\(.*");
  private static final Pattern ADDRESS =
      Pattern.compile("^(?:\\w+://)?(?:[^/@]*@)?(\\[[^\\]]*]|[^/:]*):([^/:]+)(?:/.*)?$");

  /** Reads the sockets of a repository. */
  public static Topology of(Repository repository) {
    return new Topology(
        repository.python().parallelStream()
            .flatMap(
                file -> file.of(Fact.Kind.ENDPOINT).map(fact -> endpoint(file, fact, repository)))
            .toList());
  }

  private static Endpoint endpoint(FileFacts file, Fact fact, Repository repository) {
    String written = fact.value(2);
    String text = imported(file.path(), written, repository, 4);
    List<String> holes = new ArrayList<>();
    Matcher matcher = HOLE.matcher(text);
    StringBuilder masked = new StringBuilder();
    while (matcher.find()) {
      matcher.appendReplacement(masked, String.valueOf((char) ('\uE000' + holes.size())));
      holes.add(matcher.group());
    }
    matcher.appendTail(masked);
    Matcher address = ADDRESS.matcher(masked);
    String host = "";
    OptionalInt port = OptionalInt.empty();
    Origin origin = Origin.UNRESOLVED;
    if (address.matches()) {
      host = unmasked(address.group(1), holes);
      Port resolved = port(file, unmasked(address.group(2), holes), repository);
      port = resolved.number();
      origin = resolved.origin();
      if (origin == Origin.CODE && !written.contains(":" + address.group(2))) {
        origin = Origin.DEFAULT;
      }
    } else if (Hole.only(text).isPresent()) {
      Port whole = wholeAddress(file, Hole.only(text).get(), repository);
      port = whole.number();
      origin = whole.origin();
    } else if (text.startsWith("ipc://") || text.startsWith("inproc://")) {
      origin = Origin.CODE;
      host = text;
    }
    return new Endpoint(
        file.path(),
        fact.line(),
        fact.symbol(),
        fact.value(0).equals("bind"),
        fact.value(1),
        fact.value(3),
        settledHost(host),
        port,
        origin,
        written);
  }

  private record Port(OptionalInt number, Origin origin) {}

  private static Port port(FileFacts file, String text, Repository repository) {
    if (text.matches("\\d{1,5}")) {
      return new Port(OptionalInt.of(Integer.parseInt(text)), Origin.CODE);
    }
    Optional<Hole> only = Hole.only(text);
    if (only.isEmpty()) {
      return new Port(OptionalInt.empty(), Origin.UNRESOLVED);
    }
    Hole hole = only.get();
    Optional<ConfiguredAgent> agent = repository.agents().ofScript(file.path());
    int equals = hole.detail().indexOf('=');
    String key = equals < 0 ? hole.detail() : hole.detail().substring(0, equals);
    String initial = equals < 0 ? "" : hole.detail().substring(equals + 1);
    Matcher shift = SHIFTED.matcher(key);
    if (initial.isEmpty() && shift.matches() && !hole.kind().equals("call")) {
      String base = new Hole(hole.kind(), shift.group(1)).toString();
      return shifted(port(file, base, repository), Integer.parseInt(shift.group(2)));
    }
    return switch (hole.kind()) {
      case "env" -> number(initial, Origin.DEFAULT).orElse(configured());
      case "config" ->
          agent
              .flatMap(a -> written(a, key))
              .or(() -> number(initial, Origin.DEFAULT))
              .orElse(configured());
      case "attribute" ->
          agent
              .flatMap(a -> entry(a, key))
              .orElse(
                  key.matches("(?:health_)?(?:check_)?port")
                      ? configured()
                      : new Port(OptionalInt.empty(), Origin.UNRESOLVED));
      case "parameter" ->
          agent
              .filter(_ -> key.equals("port") || key.contains("health"))
              .flatMap(a -> entry(a, key))
              .orElse(new Port(OptionalInt.empty(), Origin.UNRESOLVED));
      case "call" -> called(hole.detail());
      default -> new Port(OptionalInt.empty(), Origin.UNRESOLVED);
    };
  }

  /** A function that looks ports up: its own default where it is given one. */
  private static Port called(String call) {
    Matcher fixed = FIXED.matcher(call);
    if (fixed.matches()) {
      return new Port(
          OptionalInt.of(
              Integer.parseInt(fixed.group(1) != null ? fixed.group(1) : fixed.group(2))),
          Origin.DEFAULT);
    }
    return LOOKED_UP.matcher(call).matches()
        ? configured()
        : new Port(OptionalInt.empty(), Origin.UNRESOLVED);
  }

  /** An address that is one entry as a whole, such as {@code config.get("endpoint")}. */
  private static Port wholeAddress(FileFacts file, Hole hole, Repository repository) {
    int equals = hole.detail().indexOf('=');
    String initial = equals < 0 ? "" : hole.detail().substring(equals + 1);
    Matcher matcher = ADDRESS.matcher(initial);
    if ((hole.kind().equals("env") || hole.kind().equals("config")) && matcher.matches()) {
      return port(file, matcher.group(2), repository).number().isPresent()
          ? new Port(port(file, matcher.group(2), repository).number(), Origin.DEFAULT)
          : configured();
    }
    if (hole.kind().equals("call")) {
      return called(hole.detail());
    }
    return hole.kind().equals("env") || hole.kind().equals("config")
        ? configured()
        : new Port(OptionalInt.empty(), Origin.UNRESOLVED);
  }

  private static Port configured() {
    return new Port(OptionalInt.empty(), Origin.CONFIGURATION);
  }

  private static Optional<Port> number(String text, Origin origin) {
    return text.matches("\\d{1,5}")
        ? Optional.of(new Port(OptionalInt.of(Integer.parseInt(text)), origin))
        : Optional.empty();
  }

  private static Port shifted(Port port, int by) {
    return port.number().isPresent()
        ? new Port(OptionalInt.of(port.number().getAsInt() + by), port.origin())
        : port;
  }

  /** An entry that stands in the configuration under exactly this key. */
  private static Optional<Port> written(ConfiguredAgent agent, String key) {
    boolean spelt = key.equals("port") || key.equals("health_check_port");
    return spelt || agent.config().containsKey(key) ? entry(agent, key) : Optional.empty();
  }

  /** What an agent's base class makes of its entry, however it calls it. */
  private static Optional<Port> entry(ConfiguredAgent agent, String key) {
    String name = key.toLowerCase(java.util.Locale.ROOT);
    if (name.equals("port") && agent.port() > 0) {
      return Optional.of(new Port(OptionalInt.of(agent.port()), Origin.CONFIGURATION));
    }
    if (name.matches("health_?(?:check_)?port") && agent.healthPort() > 0) {
      return Optional.of(new Port(OptionalInt.of(agent.healthPort()), Origin.CONFIGURATION));
    }
    String value = agent.config().get(key);
    return value == null ? Optional.empty() : number(value, Origin.CONFIGURATION);
  }

  /** Puts the constants of other modules in. */
  private static String imported(String from, String text, Repository repository, int depth) {
    if (depth == 0 || !text.contains("«import:")) {
      return text;
    }
    Matcher matcher = Pattern.compile("«import:([^»]*)\\.(\\w+)»").matcher(text);
    StringBuilder result = new StringBuilder();
    while (matcher.find()) {
      String name = matcher.group(2);
      String value =
          repository
              .modules()
              .file(from, matcher.group(1))
              .flatMap(
                  file ->
                      repository
                          .constant(file, name)
                          .map(v -> imported(file, v, repository, depth - 1)))
              .orElse(matcher.group());
      matcher.appendReplacement(result, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(result).toString();
  }

  private static String unmasked(String text, List<String> holes) {
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int hole = c - '\uE000';
      result.append(hole >= 0 && hole < holes.size() ? holes.get(hole) : String.valueOf(c));
    }
    return result.toString();
  }

  private static String settledHost(String host) {
    return Hole.only(host)
        .filter(h -> h.detail().indexOf('=') > 0)
        .map(h -> h.detail().substring(h.detail().indexOf('=') + 1))
        .orElse(host);
  }
}
