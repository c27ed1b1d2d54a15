package dev.flotilla.scan.read;

import dev.flotilla.scan.facts.Fact;
import dev.flotilla.scan.facts.FileFacts;
import dev.flotilla.scan.facts.FileFacts.Language;
import dev.flotilla.scan.rules.Confidence;
import dev.flotilla.scan.rules.Finding;
import dev.flotilla.scan.rules.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * YAML configuration: the agents of start-up configurations (any mapping with a {@code
 * script_path}) and of {@code fleet.yaml}, and default logins. Every file of the repository counts,
 * also one that could not be imported, with the names as they are written; so this takes facts line
 * by line, where the import of {@code model} wants one file whole and makes a manifest of it.
 */
final class ConfigReader {
  private static final Pattern PORT =
      Pattern.compile("(?:\\$\\{\\w+(?::-?\\d*)?}\\s*\\+\\s*)?(\\d{1,5})");

  private ConfigReader() {}

  static FileFacts read(String path, String text) {
    List<Fact> facts = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    switch (YamlTree.read(text)) {
      case YamlTree.Outcome.Broken(int line, String message) ->
          findings.add(
              Finding.of(Rule.CONFIG_PROBLEM, Confidence.PARSED, path, line, "YAML: " + message));
      case YamlTree.Outcome.Read(Optional<Node> root) ->
          root.ifPresent(
              node ->
                  YamlTree.visit(
                      node,
                      (at, key, mapping) -> mapping(path, at, key, mapping, facts, findings)));
    }
    return FileReader.plain(path, Language.CONFIG, text, findings, facts);
  }

  private static void mapping(
      String file,
      String at,
      String key,
      MappingNode mapping,
      List<Fact> facts,
      List<Finding> findings) {
    login(file, mapping, findings);
    String script = YamlTree.scalar(mapping, "script_path");
    script = script.isEmpty() ? commandScript(mapping, at) : script;
    if (script.isEmpty()) {
      return;
    }
    String name = YamlTree.scalar(mapping, "name");
    name = name.isEmpty() ? key : name;
    int line = YamlTree.line(mapping);
    String group = at.contains(".") ? parent(at, key) : at;
    facts.add(
        Fact.of(
            Fact.Kind.AGENT,
            line,
            "",
            name,
            script,
            port(YamlTree.scalar(mapping, "port")),
            port(
                firstOf(
                    YamlTree.scalar(mapping, "health_check_port"),
                    YamlTree.scalar(mapping, "health_port"))),
            group,
            YamlTree.scalar(mapping, "machine")));
    needs(name, mapping, facts);
    Optional<Node> config = YamlTree.get(mapping, "config");
    if (config.isPresent()) {
      entries(name, "", config.get(), facts, 0);
    }
  }

  private static String commandScript(MappingNode mapping, String at) {
    if (!at.startsWith("agents")) {
      return "";
    }
    Optional<Node> command = YamlTree.get(mapping, "command");
    String text =
        command
            .map(
                c ->
                    c instanceof SequenceNode list
                        ? String.join(" ", list.getValue().stream().map(YamlTree::scalar).toList())
                        : YamlTree.scalar(c))
            .orElse("");
    Matcher matcher = Pattern.compile("(\\S+\\.py)\\b").matcher(text);
    return matcher.find() ? matcher.group(1) : "";
  }

  private static String parent(String at, String key) {
    String[] parts = at.split("\\.", -1);
    int last = parts.length - 1;
    return parts[last].equals(key) && last > 0 ? parts[last - 1] : parts[last];
  }

  private static void needs(String name, MappingNode mapping, List<Fact> facts) {
    for (String field : List.of("dependencies", "needs")) {
      YamlTree.get(mapping, field)
          .ifPresent(
              node -> {
                if (node instanceof SequenceNode list) {
                  for (Node item : list.getValue()) {
                    String needed = YamlTree.scalar(item);
                    if (!needed.isEmpty()) {
                      facts.add(
                          Fact.of(Fact.Kind.AGENT_NEED, YamlTree.line(item), "", name, needed));
                    }
                  }
                }
              });
    }
  }

  private static void entries(String agent, String prefix, Node node, List<Fact> facts, int depth) {
    if (!(node instanceof MappingNode mapping) || depth > 4) {
      return;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      String key = prefix + YamlTree.scalar(tuple.getKeyNode());
      if (tuple.getValueNode() instanceof ScalarNode value) {
        String plain = key.contains("port") ? port(value.getValue()) : value.getValue();
        facts.add(Fact.of(Fact.Kind.AGENT_CONFIG, YamlTree.line(value), "", agent, key, plain));
      } else {
        entries(agent, key + ".", tuple.getValueNode(), facts, depth + 1);
      }
    }
  }

  private static void login(String file, MappingNode mapping, List<Finding> findings) {
    String user = "";
    for (NodeTuple tuple : mapping.getValue()) {
      String key = YamlTree.scalar(tuple.getKeyNode());
      String value = YamlTree.scalar(tuple.getValueNode());
      if (Secrets.isUserName(key)) {
        user = value;
      }
    }
    for (NodeTuple tuple : mapping.getValue()) {
      String key = YamlTree.scalar(tuple.getKeyNode());
      String value = YamlTree.scalar(tuple.getValueNode());
      int line = YamlTree.line(tuple.getValueNode());
      if (Secrets.isDefaultLogin(user, key, value)) {
        findings.add(
            Finding.of(
                Rule.DEFAULT_LOGIN,
                Confidence.PARSED,
                file,
                line,
                "default login " + user + "/" + value));
      } else if (!value.isEmpty()) {
        Secrets.known(value)
            .ifPresent(
                kind ->
                    findings.add(
                        Finding.of(
                            Rule.SECRET,
                            Confidence.PARSED,
                            file,
                            line,
                            kind + " " + Secrets.redacted(value))));
        Secrets.judge(key, value)
            .ifPresent(
                s ->
                    findings.add(
                        Finding.of(
                                Rule.SECRET,
                                Confidence.PARSED,
                                file,
                                line,
                                "“" + key + "” is given a fixed text: " + Secrets.redacted(value))
                            .with(s.severity())));
      }
    }
  }

  private static String firstOf(String a, String b) {
    return a.isEmpty() ? b : a;
  }

  /** The number of {@code ${PORT_OFFSET}+7200} or {@code 7200}; otherwise the text. */
  static String port(String text) {
    Matcher matcher = PORT.matcher(text.strip());
    return matcher.matches() ? matcher.group(1) : text.strip();
  }
}
