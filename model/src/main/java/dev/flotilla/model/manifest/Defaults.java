package dev.flotilla.model.manifest;

import dev.flotilla.model.yaml.YamlNode;
import dev.flotilla.model.yaml.YamlNode.Entry;
import dev.flotilla.model.yaml.YamlNode.Mapping;
import dev.flotilla.model.yaml.YamlNode.Scalar;
import dev.flotilla.model.yaml.YamlNode.Style;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lays what an agent says over what its group says over what the fleet says. */
final class Defaults {
  static final List<String> CHECKS = List.of("http", "tcp", "command", "bus", "zmq");

  private static final List<String> WHERE_ASKED = List.of("port", "host");
  private static final Set<String> PROBES = Set.of("health", "readiness");
  private static final Set<String> MERGED =
      Set.of("health", "readiness", "limits", "restart", "stop", "env", "config", "listen");

  private Defaults() {}

  /** The layers as one, later ones over earlier ones, short forms written out. */
  static Mapping merge(List<Mapping> layers) {
    Mapping merged = Mapping.empty(layers.getLast().where());
    for (Mapping layer : layers) {
      merged = over(merged, layer);
    }
    return new Mapping(merged.byKey(), layers.getLast().where(), merged.size());
  }

  private static Mapping over(Mapping lower, Mapping upper) {
    Map<String, Entry> result = new LinkedHashMap<>(lower.byKey());
    upper
        .byKey()
        .forEach(
            (name, entry) -> {
              Entry written = new Entry(entry.key(), longForm(name, entry.value()));
              Entry below = result.get(name);
              result.put(
                  name,
                  below == null || !MERGED.contains(name) ? written : deep(below, written, name));
            });
    return Mapping.of(result, upper.where());
  }

  private static Entry deep(Entry lower, Entry upper, String name) {
    if (!(lower.value() instanceof Mapping below) || !(upper.value() instanceof Mapping above)) {
      return upper;
    }
    Map<String, Entry> result = new LinkedHashMap<>(below.byKey());
    if (PROBES.contains(name) && CHECKS.stream().anyMatch(above.byKey()::containsKey)) {
      CHECKS.forEach(result::remove);
      WHERE_ASKED.forEach(result::remove);
    }
    above
        .byKey()
        .forEach(
            (key, entry) -> {
              Entry old = result.get(key);
              result.put(key, old == null ? entry : deep(old, entry, ""));
            });
    return new Entry(upper.key(), Mapping.of(result, above.where()));
  }

  private static YamlNode longForm(String name, YamlNode value) {
    if (!(value instanceof Scalar scalar) || scalar.style() == Style.BROKEN) {
      return value;
    }
    return switch (name) {
      case "health", "readiness" ->
          switch (scalar.text()) {
            case "none" -> value;
            case "tcp", "bus", "zmq" -> single(scalar.text(), scalar.withText("true"));
            default -> single("http", scalar);
          };
      case "restart" -> single("policy", scalar);
      case "stop" -> single("grace", scalar);
      default -> value;
    };
  }

  private static Mapping single(String key, Scalar value) {
    Scalar name = new Scalar(key, Style.PLAIN, value.where());
    return Mapping.of(Map.of(key, new Entry(name, value)), value.where());
  }
}
