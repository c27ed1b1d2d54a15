package dev.flotilla.model.imports;

import dev.flotilla.model.Position;
import dev.flotilla.model.shape.Scalars;
import dev.flotilla.model.yaml.YamlNode;
import dev.flotilla.model.yaml.YamlNode.Entry;
import dev.flotilla.model.yaml.YamlNode.Mapping;
import dev.flotilla.model.yaml.YamlNode.Scalar;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A mapping of which one key after the other is taken. What nobody took is left, so that it can be
 * kept and reported. Not thread-safe.
 */
final class Taken {
  private final Mapping mapping;
  private final Map<String, Entry> left;

  Taken(Mapping mapping) {
    this.mapping = mapping;
    this.left = new LinkedHashMap<>(mapping.byKey());
  }

  Position where() {
    return mapping.where();
  }

  Optional<YamlNode> node(String key) {
    return Optional.ofNullable(left.remove(key)).map(Entry::value);
  }

  /** Left where it is when it is not one text. */
  Optional<Scalar> scalar(String key) {
    return left.get(key) instanceof Entry(var k, Scalar scalar)
        ? node(key).map(node -> scalar)
        : Optional.empty();
  }

  Optional<Integer> whole(String key) {
    return left.get(key) instanceof Entry(var k, Scalar scalar)
            && Scalars.whole(scalar.text()).filter(n -> n == n.intValue()).isPresent()
        ? node(key).map(node -> Integer.valueOf(scalar.text()))
        : Optional.empty();
  }

  /** Left where it is when it is not a mapping. */
  Optional<Mapping> section(String key) {
    return left.get(key) instanceof Entry(var k, Mapping section)
        ? node(key).map(node -> section)
        : Optional.empty();
  }

  /** What nobody took, in order. */
  Map<String, Entry> left() {
    return new LinkedHashMap<>(left);
  }
}
