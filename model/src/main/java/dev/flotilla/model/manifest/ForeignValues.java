package dev.flotilla.model.manifest;

import dev.flotilla.model.shape.Scalars;
import dev.flotilla.model.shape.Type;
import dev.flotilla.model.yaml.YamlNode;
import dev.flotilla.model.yaml.YamlNode.Mapping;
import dev.flotilla.model.yaml.YamlNode.Scalar;
import dev.flotilla.model.yaml.YamlNode.Sequence;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values in the form of other programs, and how they are written in a manifest. */
final class ForeignValues {
  private static final Pattern MAPPED_PORT =
      Pattern.compile("(?:\\S*:)?\\d+:(\\d+)(?:/(?:tcp|udp))?");
  private static final Pattern VARIABLE = Pattern.compile("(\\w+)=(.*)");
  private static final Pattern RETRIES = Pattern.compile("on-failure:(\\d+)");
  private static final List<String> AGENT_KEYS = List.of("agent", "name", "service", "process");

  private ForeignValues() {}

  static Optional<String> advice(Type type, YamlNode value) {
    return switch (value) {
      case Scalar scalar -> ofText(type, scalar.text());
      case Sequence list -> ofList(type, list.items());
      case Mapping mapping -> ofMapping(type, mapping);
    };
  }

  private static Optional<String> ofText(Type type, String text) {
    if (type.equals(AgentShape.PORT)) {
      return mappedPort(text);
    }
    if (type.equals(AgentShape.RESTART_VALUE)) {
      return policy(text);
    }
    if (type.equals(AgentShape.CONDITION)) {
      return condition(text).filter(word -> !word.equals(text)).map(word -> "write " + word);
    }
    if (type.equals(AgentShape.SPAN)) {
      return Scalars.whole(text).isPresent() && Scalars.duration(text).isEmpty()
          ? Optional.of("write the unit, such as " + text + "s")
          : Optional.empty();
    }
    if (type.equals(AgentShape.VOLUMES)) {
      return Optional.of("write a list: [" + text + "]");
    }
    if (type.equals(AgentShape.PATH) || type.equals(AgentShape.PROBE_VALUE)) {
      if (text.contains("://")) {
        return Optional.of("write the path alone, such as /health, and the port under 'port'");
      }
      return type.equals(AgentShape.PROBE_VALUE) && !text.startsWith("/") && text.contains(" ")
          ? Optional.of("write health: {command: " + text + "}")
          : Optional.empty();
    }
    return Optional.empty();
  }

  private static Optional<String> ofList(Type type, List<YamlNode> items) {
    Optional<String> first =
        items.stream().findFirst().map(item -> item instanceof Scalar s ? s.text() : "");
    if (type.equals(AgentShape.PORTS)) {
      return first
          .flatMap(ForeignValues::mappedPort)
          .or(
              () ->
                  Optional.of(
                      "write the first one under 'port', and further ones by name, such as ports:"
                          + " {admin: 8081}"));
    }
    if (type.equals(AgentShape.ENVIRONMENT)) {
      Matcher variable = VARIABLE.matcher(first.orElse(""));
      return Optional.of(
          "write a mapping: {"
              + (variable.matches() ? variable.group(1) + ": value" : "NAME: value")
              + "}");
    }
    return Optional.empty();
  }

  private static Optional<String> ofMapping(Type type, Mapping mapping) {
    Optional<String> condition = text(mapping, "condition");
    if (type.equals(AgentShape.CONDITION)) {
      return condition.flatMap(ForeignValues::condition).map(word -> "write " + word + " alone");
    }
    if (type.equals(AgentShape.NEED) || type.equals(AgentShape.NEEDS)) {
      Optional<String> agent =
          AGENT_KEYS.stream().flatMap(key -> text(mapping, key).stream()).findFirst();
      return agent
          .filter(name -> condition(name).isEmpty())
          .map(
              name ->
                  "write {"
                      + name
                      + ": "
                      + condition.flatMap(ForeignValues::condition).orElse("healthy")
                      + "}");
    }
    if (type.equals(AgentShape.VOLUME)) {
      return text(mapping, "target")
          .map(target -> "write " + text(mapping, "source").orElse("./data") + ":" + target);
    }
    return Optional.empty();
  }

  private static Optional<String> text(Mapping mapping, String key) {
    return mapping.get(key).map(node -> node instanceof Scalar scalar ? scalar.text() : "");
  }

  private static Optional<String> mappedPort(String text) {
    Matcher mapped = MAPPED_PORT.matcher(text);
    return mapped.matches()
        ? Optional.of(
            "write port: "
                + mapped.group(1)
                + ", the port it listens on; containers have the machine's network, so there is"
                + " nothing to map")
        : Optional.empty();
  }

  private static Optional<String> policy(String text) {
    Matcher retries = RETRIES.matcher(text);
    if (retries.matches()) {
      return Optional.of("write {policy: on-failure, max_restarts: " + retries.group(1) + "}");
    }
    return switch (text) {
      case "unless-stopped", "yes", "true" -> Optional.of("write always");
      case "no", "false" -> Optional.of("write never");
      case "on_failure", "exit_on_failure", "on-abnormal", "on-abort" ->
          Optional.of("write on-failure");
      default -> Optional.empty();
    };
  }

  /** The condition that a word stands for, here or elsewhere. */
  private static Optional<String> condition(String text) {
    return switch (text.replaceAll("^(service|process)_", "")) {
      case "healthy" -> Optional.of("healthy");
      case "started", "running" -> Optional.of("started");
      case "completed", "completed_successfully" -> Optional.of("completed");
      default -> Optional.empty();
    };
  }
}
