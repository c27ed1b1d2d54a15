package dev.flotilla.model.shape;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** As much of JSON Schema as our schema uses, so that it can be held against manifests. */
final class SchemaValidator {
  private final Map<String, Object> root;

  SchemaValidator(Map<String, Object> root) {
    this.root = root;
  }

  /** Where the value does not fit; empty when it does. */
  List<String> check(Object value) {
    List<String> wrong = new ArrayList<>();
    check(value, root, "", wrong);
    return wrong;
  }

  private void check(Object value, Map<?, ?> schema, String path, List<String> wrong) {
    int before = wrong.size();
    schema.forEach(
        (keyword, argument) -> {
          boolean fits =
              switch (String.valueOf(keyword)) {
                case "type" -> types(argument).stream().anyMatch(type -> is(value, type));
                case "enum" -> ((List<?>) argument).contains(value);
                case "const" -> argument.equals(value);
                case "pattern" ->
                    !(value instanceof String text)
                        || Pattern.compile((String) argument).matcher(text).find();
                case "minimum" ->
                    !(value instanceof Number n)
                        || n.doubleValue() >= ((Number) argument).doubleValue();
                case "maximum" ->
                    !(value instanceof Number n)
                        || n.doubleValue() <= ((Number) argument).doubleValue();
                case "anyOf" ->
                    ((List<?>) argument).stream().anyMatch(option -> fits(value, option, path));
                case "$ref" -> fits(value, definition((String) argument), path);
                default -> true;
              };
          if (!fits) {
            wrong.add(path + ": " + keyword + " " + argument + " does not fit " + value);
          }
        });
    if (wrong.size() == before) {
      inside(value, schema, path, wrong);
    }
  }

  private void inside(Object value, Map<?, ?> schema, String path, List<String> wrong) {
    if (value instanceof List<?> list && schema.get("items") instanceof Map<?, ?> items) {
      list.forEach(item -> check(item, items, path + "[]", wrong));
    }
    if (!(value instanceof Map<?, ?> map) || !"object".equals(schema.get("type"))) {
      return;
    }
    map.forEach(
        (key, inner) -> {
          String name = String.valueOf(key);
          boolean extension = schema.get("patternProperties") != null && name.startsWith("x-");
          if (schema.get("propertyNames") instanceof Map<?, ?> names) {
            check(name, names, path + "/" + name, wrong);
          }
          if (schema.get("properties") instanceof Map<?, ?> properties
              && properties.get(name) instanceof Map<?, ?> property) {
            check(inner, property, path + "/" + name, wrong);
          } else if (schema.get("additionalProperties") instanceof Map<?, ?> others) {
            check(inner, others, path + "/" + name, wrong);
          } else if (!extension) {
            wrong.add(path + ": unknown key " + name);
          }
        });
  }

  private boolean fits(Object value, Object schema, String path) {
    List<String> wrong = new ArrayList<>();
    check(value, (Map<?, ?>) schema, path, wrong);
    return wrong.isEmpty();
  }

  private Object definition(String reference) {
    if (root.get("$defs") instanceof Map<?, ?> definitions
        && definitions.get(reference.substring("#/$defs/".length())) instanceof Map<?, ?> found) {
      return found;
    }
    throw new IllegalArgumentException("no definition " + reference);
  }

  private static List<?> types(Object argument) {
    return argument instanceof List<?> list ? list : List.of(argument);
  }

  private static boolean is(Object value, Object type) {
    return switch (String.valueOf(type)) {
      case "string" -> value instanceof String;
      case "integer" -> value instanceof Integer || value instanceof Long;
      case "number" -> value instanceof Number;
      case "boolean" -> value instanceof Boolean;
      case "array" -> value instanceof List<?>;
      case "object" -> value instanceof Map<?, ?>;
      default -> throw new IllegalArgumentException("unknown type " + type);
    };
  }
}
