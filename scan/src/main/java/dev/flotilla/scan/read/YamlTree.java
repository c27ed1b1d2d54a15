package dev.flotilla.scan.read;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** YAML as nodes with lines; aliases stay references, so that no bomb goes off. */
final class YamlTree {
  private YamlTree() {}

  /** A document, or what is wrong with it. */
  sealed interface Outcome {
    /** Read. */
    record Read(Optional<Node> root) implements Outcome {}

    /** Not YAML. */
    record Broken(int line, String message) implements Outcome {}
  }

  static Outcome read(String text) {
    try {
      LoadSettings settings =
          LoadSettings.builder().setCodePointLimit(8 << 20).setMaxAliasesForCollections(50).build();
      Compose compose = new Compose(settings);
      var documents = compose.composeAllFromString(text).iterator();
      return new Outcome.Read(
          documents.hasNext() ? Optional.of(documents.next()) : Optional.empty());
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      return new Outcome.Broken(line, e.getProblem());
    } catch (YamlEngineException e) {
      return new Outcome.Broken(0, Optional.ofNullable(e.getMessage()).orElse("not YAML"));
    }
  }

  static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }

  static Optional<Node> get(Node node, String key) {
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode scalar && scalar.getValue().equals(key)) {
          return Optional.of(tuple.getValueNode());
        }
      }
    }
    return Optional.empty();
  }

  static String scalar(Node node, String key) {
    return get(node, key).map(YamlTree::scalar).orElse("");
  }

  static String scalar(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }

  /** Called for every mapping in a document, each once, with the key it stands under. */
  interface MappingVisitor {
    /**
     * @param path keys from the root, dotted
     */
    void visit(String path, String key, MappingNode mapping);
  }

  static void visit(Node root, MappingVisitor visitor) {
    visit("", "", root, visitor, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private static void visit(
      String path, String key, Node node, MappingVisitor visitor, Set<Node> seen) {
    if (!seen.add(node) || seen.size() > 200_000) {
      return;
    }
    switch (node) {
      case MappingNode mapping -> {
        visitor.visit(path, key, mapping);
        for (NodeTuple tuple : mapping.getValue()) {
          String name = scalar(tuple.getKeyNode());
          String below = path.isEmpty() ? name : path + "." + name;
          visit(below, name, tuple.getValueNode(), visitor, seen);
        }
      }
      case SequenceNode sequence -> {
        for (Node item : sequence.getValue()) {
          visit(path, key, item, visitor, seen);
        }
      }
      default -> {}
    }
  }
}
