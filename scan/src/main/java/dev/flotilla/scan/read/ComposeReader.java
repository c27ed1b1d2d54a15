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
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Compose files: services, published ports, reserved cards. */
final class ComposeReader {
  private static final Pattern PORTS =
      Pattern.compile("(?:(\\d+\\.\\d+\\.\\d+\\.\\d+):)?(?:(\\d+):)?(\\d+)(?:/\\w+)?");
  private static final Pattern DEFAULT = Pattern.compile("\\$\\{\\w+:-([^}]*)}");

  private ComposeReader() {}

  static FileFacts read(String path, String text) {
    List<Fact> facts = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    switch (YamlTree.read(text)) {
      case YamlTree.Outcome.Broken(int line, String message) ->
          findings.add(
              Finding.of(Rule.CONFIG_PROBLEM, Confidence.PARSED, path, line, "YAML: " + message));
      case YamlTree.Outcome.Read(Optional<Node> root) -> {
        Optional<Node> services = root.flatMap(node -> YamlTree.get(node, "services"));
        if (services.isPresent() && services.get() instanceof MappingNode mapping) {
          for (NodeTuple tuple : mapping.getValue()) {
            service(YamlTree.scalar(tuple.getKeyNode()), tuple.getValueNode(), facts);
          }
        }
      }
    }
    return FileReader.plain(path, Language.COMPOSE, text, findings, facts);
  }

  private static void service(String name, Node node, List<Fact> facts) {
    Optional<Node> build = YamlTree.get(node, "build");
    String context =
        build.map(b -> firstOf(YamlTree.scalar(b), YamlTree.scalar(b, "context"))).orElse("");
    String dockerfile = build.map(b -> YamlTree.scalar(b, "dockerfile")).orElse("");
    facts.add(
        Fact.of(
            Fact.Kind.COMPOSE_SERVICE,
            YamlTree.line(node),
            "",
            name,
            YamlTree.scalar(node, "image"),
            dockerfile.isEmpty() && build.isPresent() ? "Dockerfile" : dockerfile,
            context));
    YamlTree.get(node, "ports")
        .ifPresent(
            ports -> {
              if (ports instanceof SequenceNode list) {
                list.getValue().forEach(port -> port(name, port, facts));
              }
            });
    boolean gpu =
        YamlTree.scalar(node, "runtime").equals("nvidia")
            || YamlTree.get(node, "gpus").isPresent()
            || YamlTree.get(node, "deploy")
                .flatMap(d -> YamlTree.get(d, "resources"))
                .flatMap(r -> YamlTree.get(r, "reservations"))
                .flatMap(r -> YamlTree.get(r, "devices"))
                .isPresent();
    if (gpu) {
      facts.add(Fact.of(Fact.Kind.COMPOSE_GPU, YamlTree.line(node), "", name));
    }
  }

  private static void port(String service, Node node, List<Fact> facts) {
    String text = DEFAULT.matcher(YamlTree.scalar(node)).replaceAll("$1");
    Matcher matcher = PORTS.matcher(text);
    String host = YamlTree.scalar(node, "published");
    String container = YamlTree.scalar(node, "target");
    String address = "";
    if (matcher.matches()) {
      address = Optional.ofNullable(matcher.group(1)).orElse("");
      container = matcher.group(3);
      host = Optional.ofNullable(matcher.group(2)).orElse("");
    }
    if (!container.isEmpty()) {
      facts.add(
          Fact.of(
              Fact.Kind.COMPOSE_PORT, YamlTree.line(node), "", service, host, container, address));
    }
  }

  private static String firstOf(String a, String b) {
    return a.isEmpty() ? b : a;
  }
}
