package dev.flotilla.model.imports;

import dev.flotilla.model.imports.Draft.DraftAgent;
import dev.flotilla.model.shape.Scalars;
import dev.flotilla.model.yaml.YamlNode;
import dev.flotilla.model.yaml.YamlNode.Mapping;
import dev.flotilla.model.yaml.YamlNode.Scalar;
import dev.flotilla.model.yaml.YamlNode.Sequence;
import dev.flotilla.model.yaml.YamlValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a health check of a compose file, which runs inside of the container. */
final class ComposeHealth {
  private static final Pattern URL =
      Pattern.compile("http://(?:localhost|127\\.0\\.0\\.1)(?::(\\d{1,5}))?(/[^\\s'\"|;]*)?");
  private static final Pattern CONNECT =
      Pattern.compile("nc (?:-\\w+ )*(?:localhost|127\\.0\\.0\\.1) (\\d{1,5})");

  private final Notes notes;
  private final Expressions expressions;

  ComposeHealth(Notes notes, Expressions expressions) {
    this.notes = notes;
    this.expressions = expressions;
  }

  /**
   * @param published ports outside of the container by ports inside
   */
  void read(DraftAgent agent, YamlNode node, Map<Integer, Integer> published) {
    Taken taken = new Taken(node instanceof Mapping m ? m : Mapping.empty(node.where()));
    Map<String, Object> health = new LinkedHashMap<>();
    taken.node("test").ifPresent(test -> test(agent, test, published, health));
    span(taken, "interval", "interval", health);
    span(taken, "timeout", "timeout", health);
    taken.whole("retries").ifPresent(retries -> health.put("failures", retries));
    span(taken, "start_period", "start_period", health);
    taken
        .left()
        .forEach(
            (name, entry) -> {
              agent.keys.put("x-healthcheck-" + name, YamlValues.value(entry.value()));
              notes.kept(
                  entry.key().where(), "'" + name + "' of health checks", "x-healthcheck-" + name);
            });
    if (health.containsKey("none")) {
      agent.keys.put("health", "none");
    } else if (!health.isEmpty()) {
      agent.keys.put("health", health);
    }
  }

  private static void span(Taken taken, String from, String to, Map<String, Object> health) {
    taken
        .scalar(from)
        .filter(scalar -> Scalars.duration(scalar.text()).isPresent())
        .ifPresent(scalar -> health.put(to, scalar.text()));
  }

  private void test(
      DraftAgent agent,
      YamlNode node,
      Map<Integer, Integer> published,
      Map<String, Object> health) {
    List<String> words = new ArrayList<>();
    if (node instanceof Sequence list) {
      for (YamlNode item : list.items()) {
        words.add(item instanceof Scalar scalar ? expressions.variables(scalar) : "");
      }
    } else if (node instanceof Scalar scalar) {
      words.addAll(List.of("CMD-SHELL", expressions.variables(scalar)));
    }
    String kind = words.isEmpty() ? "NONE" : words.getFirst();
    List<String> command = words.isEmpty() ? List.of() : words.subList(1, words.size());
    String line = String.join(" ", command);
    Matcher url = URL.matcher(line);
    Matcher connect = CONNECT.matcher(line);
    if (kind.equals("NONE")) {
      health.put("none", true);
    } else if (url.find()) {
      int inside = url.group(1) == null ? 80 : Integer.parseInt(url.group(1));
      health.put("http", url.group(2) == null ? "/" : url.group(2));
      port(agent, node, published, inside, health);
      notes.understood(
          node.where(),
          "a health check by " + command.getFirst(),
          "the same question by http from outside");
    } else if (connect.find()) {
      health.put("tcp", true);
      port(agent, node, published, Integer.parseInt(connect.group(1)), health);
      notes.understood(node.where(), "a health check by nc", "tcp from outside");
    } else {
      health.put(
          "command",
          kind.equals("CMD-SHELL")
              ? List.of("sh", "-c", line)
              : kind.equals("CMD") ? command : words);
      notes.understood(
          node.where(),
          "a health check by a command in the container",
          "the same command, which runs on the machine");
    }
  }

  private void port(
      DraftAgent agent,
      YamlNode node,
      Map<Integer, Integer> published,
      int inside,
      Map<String, Object> health) {
    Integer outside = published.get(inside);
    if (outside == null) {
      health.put("port", inside);
      notes.understood(
          node.where(),
          "a health check on port " + inside + ", which is not published",
          "the same port from outside, where it may not answer");
    } else if (!outside.equals(agent.keys.get("port"))) {
      health.put("port", "p" + outside);
    }
  }
}
