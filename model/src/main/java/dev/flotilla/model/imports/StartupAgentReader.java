package dev.flotilla.model.imports;

import dev.flotilla.model.imports.Draft.DraftAgent;
import dev.flotilla.model.imports.Draft.DraftNeed;
import dev.flotilla.model.shape.Scalars;
import dev.flotilla.model.yaml.YamlNode;
import dev.flotilla.model.yaml.YamlNode.Entry;
import dev.flotilla.model.yaml.YamlNode.Mapping;
import dev.flotilla.model.yaml.YamlNode.Scalar;
import dev.flotilla.model.yaml.YamlNode.Sequence;
import dev.flotilla.model.yaml.YamlValues;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads one agent of a start-up configuration. */
final class StartupAgentReader {
  private static final Pattern PORT_KEY = Pattern.compile("([A-Za-z][A-Za-z0-9_]*)_port");

  private final Draft draft;
  private final Notes notes;
  private final Expressions expressions;
  private final boolean healthByDefault;

  StartupAgentReader(Draft draft, Notes notes, boolean healthByDefault) {
    this.draft = draft;
    this.notes = notes;
    this.expressions = new Expressions(notes);
    this.healthByDefault = healthByDefault;
  }

  void read(DraftAgent agent, Taken taken) {
    taken
        .scalar("description")
        .ifPresent(text -> agent.keys.put("description", expressions.variables(text)));
    taken
        .scalar("script_path")
        .or(() -> taken.scalar("script"))
        .ifPresent(script -> command(agent, script));
    if (!agent.keys.containsKey("command")) {
      agent.keys.put("command", "false");
      notes.understood(
          agent.where,
          agent.name + " without a script",
          "command: false, which fails; write what starts it");
    }
    port(taken, "port").ifPresent(port -> agent.keys.put("port", port));
    port(taken, "health_check_port").ifPresent(port -> health(agent, port));
    required(agent, taken);
    needs(agent, taken);
    taken.section("config").ifPresent(config -> agent.keys.put("config", config(agent, config)));
    taken
        .section("environment")
        .or(() -> taken.section("env"))
        .ifPresent(env -> agent.keys.put("env", texts(env)));
    taken
        .left()
        .forEach(
            (name, entry) -> {
              agent.keys.put("x-" + name, YamlValues.value(entry.value()));
              notes.kept(
                  entry.key().where(),
                  "'"
                      + name
                      + "' of agents"
                      + (name.equals("host")
                          ? ", the address they bind to; the manifest does not set it"
                          : ""),
                  "x-" + name + ", or x-agents-" + name + " of the machine where all say the same");
            });
  }

  private void command(DraftAgent agent, Scalar script) {
    String path = expressions.variables(script);
    String extension = path.substring(path.lastIndexOf('.') + 1);
    String interpreter =
        switch (extension) {
          case "py" -> "python3 ";
          case "sh" -> "sh ";
          case "js", "mjs" -> "node ";
          case "jar" -> "java -jar ";
          default -> "";
        };
    String word =
        path.chars().anyMatch(c -> Character.isWhitespace(c) || c == '\'' || c == '"')
            ? "\"" + path.replace("\\", "\\\\").replace("\"", "\\\"") + "\""
            : path;
    agent.keys.put("command", interpreter + word);
    notes.understood(
        script.where(),
        "script_path",
        interpreter.isEmpty() ? "command" : "command, run by " + interpreter.strip());
  }

  /** Takes a port that can be understood; one that cannot is left. */
  private Optional<Integer> port(Taken taken, String key) {
    Optional<Scalar> scalar = taken.scalar(key);
    Optional<Integer> port = scalar.flatMap(Expressions::port);
    if (port.isPresent() && scalar.isPresent()) {
      if (Expressions.portSum(scalar.get().text()).isPresent()) {
        notes.understood(
            scalar.get().where(),
            "ports as ${PORT_OFFSET}+N",
            "N, with port_offset: ${PORT_OFFSET:-0} for the whole fleet");
        draft.portOffset = true;
      } else {
        notes.understood(
            scalar.get().where(),
            "ports as plain numbers",
            "the same; an offset of the fleet moves these too");
      }
    } else if (scalar.isPresent()) {
      notes.lost(
          scalar.get().where(), key + ": " + scalar.get().text() + ", which is no port", "no port");
    }
    return port;
  }

  private void health(DraftAgent agent, int port) {
    agent.ports.put("health", port);
    if (!healthByDefault) {
      Map<String, Object> health = new LinkedHashMap<>();
      health.put("http", "/health");
      health.put("port", "health");
      agent.keys.put("health", health);
    }
    notes.understood(
        agent.where, "health_check_port", "the port named health, asked by http for /health");
  }

  private void required(DraftAgent agent, Taken taken) {
    Optional<Scalar> required = taken.scalar("required");
    if (required.isEmpty()) {
      notes.understood(
          agent.where,
          "an agent that does not say whether it is required",
          "required, the default");
    } else if (Scalars.yesNo(required.get().text()).isPresent()) {
      if (!Scalars.yesNo(required.get().text()).orElse(true)) {
        agent.keys.put("required", false);
      }
    } else {
      agent.keys.put("required", new Literal(expressions.variables(required.get())));
    }
  }

  private void needs(DraftAgent agent, Taken taken) {
    Optional<YamlNode> node = taken.node("dependencies");
    List<YamlNode> items =
        switch (node.orElse(Sequence.of(List.of(), agent.where))) {
          case Sequence list -> list.items();
          case Scalar scalar -> scalar.isNull() ? List.of() : List.of(scalar);
          case Mapping mapping -> {
            notes.lost(mapping.where(), "dependencies as a mapping", "none of them");
            yield List.of();
          }
        };
    for (YamlNode item : items) {
      if (item instanceof Scalar name) {
        agent.needs.add(new DraftNeed(name.text(), "healthy", name.where()));
      } else {
        notes.lost(item.where(), "a dependency that is no name", "nothing");
      }
    }
  }

  private Map<String, Object> config(DraftAgent agent, Mapping config) {
    Map<String, Object> result = new LinkedHashMap<>();
    config
        .byKey()
        .forEach(
            (name, entry) ->
                result.put(
                    name, ownPort(agent, name, entry).orElseGet(() -> nested(entry.value()))));
    return result;
  }

  /** {@code zmq_port: 5713} in a configuration is one more port that the agent listens on. */
  private Optional<Object> ownPort(DraftAgent agent, String key, Entry entry) {
    var matcher = PORT_KEY.matcher(key);
    if (!matcher.matches()
        || !(entry.value() instanceof Scalar scalar)
        || Expressions.port(scalar).isEmpty()) {
      return Optional.empty();
    }
    int port = Expressions.port(scalar).orElse(0);
    draft.portOffset |= Expressions.portSum(scalar.text()).isPresent();
    if (Integer.valueOf(port).equals(agent.keys.get("port"))) {
      return Optional.of(new Literal("${port}"));
    }
    Optional<String> known =
        agent.ports.entrySet().stream()
            .filter(e -> e.getValue().equals(port))
            .map(Map.Entry::getKey)
            .findFirst();
    String name = known.orElse(matcher.group(1));
    agent.ports.putIfAbsent(name, port);
    notes.understood(
        entry.key().where(),
        "keys such as config." + key,
        "ports of the agent with that name, and ${port.NAME} in config");
    return Optional.of(new Literal("${port." + name + "}"));
  }

  private Object nested(YamlNode node) {
    return switch (node) {
      case Scalar scalar -> sum(scalar).orElseGet(() -> expressions.value(scalar));
      case Mapping mapping -> {
        Map<String, Object> values = new LinkedHashMap<>();
        mapping.byKey().forEach((key, entry) -> values.put(key, nested(entry.value())));
        yield values;
      }
      case Sequence list -> list.items().stream().map(this::nested).toList();
    };
  }

  private Optional<Object> sum(Scalar scalar) {
    return Expressions.portSum(scalar.text())
        .map(
            port -> {
              notes.understood(
                  scalar.where(),
                  "${PORT_OFFSET}+" + port + ", a port of somebody else, in config",
                  port + "; an offset does not move it");
              return port;
            });
  }

  private Map<String, Object> texts(Mapping environment) {
    Map<String, Object> values = expressions.map(environment);
    values.replaceAll((name, value) -> String.valueOf(value));
    return values;
  }
}
