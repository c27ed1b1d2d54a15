package dev.flotilla.assistant.cache;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import dev.flotilla.kernel.wire.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Answers to requests that were asked before in the same words: the same JSON but for the order of
 * its fields and for what does not touch the answer. Thread-safe.
 */
public final class ResponseCache {
  private static final Set<String> WITHOUT =
      Set.of(
          "stream",
          "stream_options",
          "user",
          "metadata",
          "store",
          "safety_identifier",
          "prompt_cache_key",
          "service_tier");

  private final NamedCache cache;

  public ResponseCache(NamedCache cache) {
    this.cache = cache;
  }

  public Optional<JsonNode> find(Scope scope, JsonNode request) {
    return cache.get(key(scope, request)).flatMap(Cached::value);
  }

  /**
   * @param tags such as {@code model:llama}, by which answers are ended when the model changes
   */
  public void keep(Scope scope, JsonNode request, JsonNode answer, Set<String> tags) {
    var _ =
        cache.put(
            key(scope, request),
            new Cached.Fresh(Optional.of(answer), tags, Optional.empty()),
            Optional.empty());
  }

  /** The scope of those who ask in the same way, but for what is left out of the request. */
  public static Scope within(Scope scope, JsonNode rest) {
    return new Scope(key(scope, rest));
  }

  /** The same for JSON that is the same but for the order of its fields. */
  public static String digest(JsonNode json) {
    StringBuilder canonical = new StringBuilder();
    write(json, canonical, Set.of());
    return Scope.digest(canonical.toString());
  }

  static String key(Scope scope, JsonNode request) {
    StringBuilder canonical = new StringBuilder(scope.digest());
    write(request, canonical, WITHOUT);
    return Scope.digest(canonical.toString());
  }

  private static void write(JsonNode node, StringBuilder out, Set<String> without) {
    if (node.getNodeType() == JsonNodeType.OBJECT) {
      List<String> names = new ArrayList<>();
      node.fieldNames().forEachRemaining(names::add);
      names.removeAll(without);
      names.sort(null);
      out.append('{');
      for (String name : names) {
        out.append(Wire.text(name)).append(':');
        write(node.path(name), out, Set.of());
        out.append(',');
      }
      out.append('}');
    } else if (node.isArray()) {
      out.append('[');
      node.forEach(
          each -> {
            write(each, out, Set.of());
            out.append(',');
          });
      out.append(']');
    } else if (node.isNumber() && Double.isFinite(node.doubleValue())) {
      out.append(node.decimalValue().stripTrailingZeros());
    } else {
      out.append(Wire.text(node));
    }
  }
}
