package dev.flotilla.kernel.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Bytes;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * JSON Schema (2020-12, as OpenAPI 3.1 uses it) of records as {@link Wire} writes them. Collects
 * the schemas of all records it meets. For one thread.
 */
public final class Schemas {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final String prefix;
  private final Map<String, ObjectNode> named = new TreeMap<>();

  /**
   * @param prefix of references to named schemas, such as {@code #/components/schemas/}
   */
  public Schemas(String prefix) {
    this.prefix = prefix;
  }

  /** Every record met so far, by name. */
  public ObjectNode named() {
    ObjectNode all = NODES.objectNode();
    named.forEach(all::set);
    return all;
  }

  /** The schema of a type; a record becomes a reference to a named one. */
  public ObjectNode of(Type type) {
    return switch (type) {
      case ParameterizedType generic -> generic(generic);
      case WildcardType wildcard -> of(wildcard.getUpperBounds()[0]);
      case Class<?> raw -> plain(raw);
      default -> NODES.objectNode();
    };
  }

  private ObjectNode generic(ParameterizedType type) {
    Class<?> raw = (Class<?>) type.getRawType();
    Type last = type.getActualTypeArguments()[type.getActualTypeArguments().length - 1];
    if (raw == Optional.class) {
      return of(last);
    } else if (Collection.class.isAssignableFrom(raw)) {
      ObjectNode array = typed("array");
      array.set("items", of(last));
      return array;
    } else if (Map.class.isAssignableFrom(raw)) {
      ObjectNode map = typed("object");
      map.set("additionalProperties", of(last));
      return map;
    }
    return plain(raw);
  }

  private ObjectNode plain(Class<?> type) {
    if (type.isEnum()) {
      ObjectNode choice = typed("string");
      for (Object constant : type.getEnumConstants()) {
        choice.withArray("/enum").add(Shape.label(constant));
      }
      return choice;
    } else if (type == Bytes.class) {
      return typed("integer").put("minimum", 0).put("description", "bytes");
    } else if (type == Duration.class) {
      return typed("number").put("description", "seconds");
    } else if (type == Instant.class) {
      return typed("string").put("format", "date-time");
    } else if (type == AgentId.class) {
      return typed("string").put("pattern", "^[^@]+@[^@]+$");
    } else if (type == String.class || type == Path.class) {
      return typed("string");
    } else if (type == byte[].class) {
      return typed("string").put("contentEncoding", "base64");
    } else if (type.isRecord() || (type.isInterface() && type.isSealed())) {
      return reference(type);
    }
    return switch (type.getSimpleName()) {
      case "boolean", "Boolean" -> typed("boolean");
      case "int", "Integer" -> typed("integer").put("format", "int32");
      case "long", "Long" -> typed("integer").put("format", "int64");
      case "double", "Double", "float", "Float" -> typed("number");
      default -> NODES.objectNode();
    };
  }

  private ObjectNode reference(Class<?> type) {
    String name = nameOf(type);
    if (!named.containsKey(name)) {
      named.put(name, NODES.objectNode());
      named.put(name, type.isRecord() ? record(type) : choice(type));
    }
    return NODES.objectNode().put("$ref", prefix + name);
  }

  private ObjectNode record(Class<?> type) {
    ObjectNode schema = typed("object");
    ObjectNode properties = schema.putObject("properties");
    for (RecordComponent component : type.getRecordComponents()) {
      properties.set(component.getName(), of(component.getGenericType()));
      if (!Shape.optional(component.getType())) {
        schema.withArray("/required").add(component.getName());
      }
    }
    return schema;
  }

  private ObjectNode choice(Class<?> type) {
    ObjectNode schema = NODES.objectNode();
    for (Class<?> leaf : Introspector.leaves(type)) {
      ObjectNode option = NODES.objectNode();
      option.withArray("/allOf").add(reference(leaf));
      option.withObject("/properties/type").put("const", Introspector.nameOf(leaf));
      option.withArray("/required").add("type");
      schema.withArray("/oneOf").add((JsonNode) option);
    }
    return schema;
  }

  private static String nameOf(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return outer == null ? type.getSimpleName() : nameOf(outer) + "." + type.getSimpleName();
  }

  private static ObjectNode typed(String type) {
    return NODES.objectNode().put("type", type);
  }
}
