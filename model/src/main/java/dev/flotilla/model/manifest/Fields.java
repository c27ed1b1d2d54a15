package dev.flotilla.model.manifest;

import dev.flotilla.model.Bytes;
import dev.flotilla.model.Position;
import dev.flotilla.model.shape.Scalars;
import dev.flotilla.model.yaml.YamlNode;
import dev.flotilla.model.yaml.YamlNode.Entry;
import dev.flotilla.model.yaml.YamlNode.Mapping;
import dev.flotilla.model.yaml.YamlNode.Scalar;
import dev.flotilla.model.yaml.YamlNode.Sequence;
import dev.flotilla.model.yaml.YamlNode.Style;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Values of a mapping by key. What is absent or does not fit is empty: the check of the shape has
 * reported it already.
 */
record Fields(Mapping mapping) {

  boolean has(String key) {
    return mapping.byKey().containsKey(key);
  }

  /** Where the value stands, or the mapping when there is none. */
  Position where(String key) {
    return mapping.get(key).map(YamlNode::where).orElse(mapping.where());
  }

  /** Where the key stands, or the mapping when there is none. */
  Position whereKey(String key) {
    Entry entry = mapping.byKey().get(key);
    return entry == null ? mapping.where() : entry.key().where();
  }

  Optional<Scalar> scalar(String key) {
    return mapping
        .get(key)
        .filter(Scalar.class::isInstance)
        .map(Scalar.class::cast)
        .filter(scalar -> !scalar.isNull() && scalar.style() != Style.BROKEN);
  }

  Optional<String> text(String key) {
    return scalar(key).map(Scalar::text);
  }

  boolean yesNo(String key, boolean otherwise) {
    return text(key).flatMap(Scalars::yesNo).orElse(otherwise);
  }

  Optional<Integer> whole(String key) {
    return parsed(
        key, text -> Scalars.whole(text).filter(n -> n == n.intValue()).map(Long::intValue));
  }

  Optional<Double> decimal(String key) {
    return parsed(key, Scalars::decimal);
  }

  Optional<Duration> span(String key) {
    return parsed(key, Scalars::duration);
  }

  Optional<Bytes> size(String key) {
    return parsed(key, Bytes::parse);
  }

  private <T> Optional<T> parsed(String key, Function<String, Optional<T>> parse) {
    return text(key).flatMap(parse);
  }

  Optional<Fields> section(String key) {
    return mapping
        .get(key)
        .filter(Mapping.class::isInstance)
        .map(node -> new Fields((Mapping) node));
  }

  Map<String, Entry> entries(String key) {
    return section(key).map(fields -> fields.mapping.byKey()).orElse(Map.of());
  }

  List<YamlNode> list(String key) {
    return mapping
        .get(key)
        .filter(Sequence.class::isInstance)
        .map(node -> ((Sequence) node).items())
        .orElse(List.of());
  }

  List<String> texts(String key) {
    return list(key).stream()
        .filter(Scalar.class::isInstance)
        .map(node -> ((Scalar) node).text())
        .toList();
  }
}
