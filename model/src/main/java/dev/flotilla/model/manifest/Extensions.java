package dev.flotilla.model.manifest;

import dev.flotilla.model.shape.Shape;
import dev.flotilla.model.yaml.YamlNode;
import dev.flotilla.model.yaml.YamlNode.Entry;
import dev.flotilla.model.yaml.YamlNode.Mapping;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Keys that begin with {@code x-} are the user's own; nothing in them is looked at. */
final class Extensions {
  private static final Set<String> NAMED =
      Set.of("machines", "groups", "agents", "models", "flags", "alerts", "port_sets");

  private Extensions() {}

  /** The manifest without them, at its top and in each machine, group, agent, model and so on. */
  static YamlNode removed(YamlNode root) {
    if (!(root instanceof Mapping mapping)) {
      return root;
    }
    Map<String, Entry> kept = without(mapping);
    kept.replaceAll(
        (name, entry) ->
            NAMED.contains(name) ? new Entry(entry.key(), ofEach(entry.value())) : entry);
    return Mapping.of(kept, mapping.where());
  }

  private static YamlNode ofEach(YamlNode section) {
    if (!(section instanceof Mapping mapping)) {
      return section;
    }
    Map<String, Entry> each = new LinkedHashMap<>(mapping.byKey());
    each.replaceAll(
        (name, entry) ->
            entry.value() instanceof Mapping inner
                ? new Entry(entry.key(), Mapping.of(without(inner), inner.where()))
                : entry);
    return Mapping.of(each, mapping.where());
  }

  private static Map<String, Entry> without(Mapping mapping) {
    Map<String, Entry> kept = new LinkedHashMap<>(mapping.byKey());
    kept.keySet().removeIf(name -> name.startsWith(Shape.EXTENSION));
    return kept;
  }
}
