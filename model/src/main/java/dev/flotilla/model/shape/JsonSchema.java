package dev.flotilla.model.shape;

import dev.flotilla.model.shape.Type.Either;
import dev.flotilla.model.shape.Type.ListOf;
import dev.flotilla.model.shape.Type.MapOf;
import dev.flotilla.model.shape.Type.Matching;
import dev.flotilla.model.shape.Type.OneOf;
import dev.flotilla.model.shape.Type.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A shape as JSON Schema (2020-12), for editors. Placeholders are allowed in every value. */
public final class JsonSchema {
  private static final Map<String, Object> PLACEHOLDER =
      object("type", "string", "pattern", "\\$\\{");

  private final Map<String, Object> definitions = new LinkedHashMap<>();

  private JsonSchema() {}

  /** The schema as maps and lists, ready to be written as JSON. */
  public static Map<String, Object> of(Shape shape, String title) {
    JsonSchema schema = new JsonSchema();
    Map<String, Object> root =
        object("$schema", "https://json-schema.org/draft/2020-12/schema", "title", title);
    root.putAll(schema.object(shape));
    root.put("$defs", schema.definitions);
    return root;
  }

  private Map<String, Object> object(Shape shape) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (Shape.Key key : shape.keys()) {
      Map<String, Object> value = new LinkedHashMap<>();
      value.put("description", described(key));
      value.putAll(schema(key.type()));
      properties.put(key.name(), value);
    }
    Map<String, Object> object = object("description", shape.description(), "type", "object");
    object.put("properties", properties);
    if (shape.extensible()) {
      object.put("patternProperties", object("^" + Shape.EXTENSION, Map.of()));
    }
    object.put("additionalProperties", false);
    return object;
  }

  private static String described(Shape.Key key) {
    return key.byDefault().isEmpty()
        ? key.description()
        : key.description() + " (default: " + key.byDefault() + ")";
  }

  private Map<String, Object> schema(Type type) {
    return switch (type) {
      case Type.Text text -> object("type", List.of("string", "number", "boolean"));
      case Type.AnyText text -> object("type", List.of("string", "number", "boolean"));
      case Matching matching -> object("type", "string", "pattern", anchored(matching) + "|\\$\\{");
      case OneOf(List<String> words) -> anyOf(object("enum", words), PLACEHOLDER);
      case Type.YesNo yesNo ->
          anyOf(object("type", "boolean"), object("enum", List.of("true", "false")), PLACEHOLDER);
      case Type.Whole whole ->
          anyOf(
              object("type", "integer", "minimum", whole.min(), "maximum", whole.max()),
              PLACEHOLDER);
      case Type.Decimal number ->
          anyOf(
              object("type", "number", "minimum", number.min(), "maximum", number.max()),
              PLACEHOLDER);
      case Type.Percent percent ->
          object("type", "string", "pattern", "^\\d{1,3}(\\.\\d+)?\\s*%$|\\$\\{");
      case Type.Span span ->
          anyOf(
              object("const", 0),
              object("type", "string", "pattern", "^(\\d+(\\.\\d+)?(ms|d|h|m|s))+$|\\$\\{"));
      case Type.Size size ->
          anyOf(
              object("type", "integer", "minimum", 0),
              object(
                  "type", "string", "pattern", "^\\d+(\\.\\d+)?\\s*([KMGTkmgt]i?)?[Bb]?$|\\$\\{"));
      case ListOf list -> object("type", "array", "items", schema(list.item()));
      case MapOf map ->
          object(
              "type",
              "object",
              "propertyNames",
              object("pattern", anchored(map.key())),
              "additionalProperties",
              schema(map.value()));
      case Section(Shape shape) -> reference(shape);
      case Either(List<Type> options) -> anyOf(options.stream().map(this::schema).toArray());
      case Type.Anything anything -> new LinkedHashMap<>();
    };
  }

  private static String anchored(Matching matching) {
    return "^(" + matching.pattern().pattern() + ")$";
  }

  private Map<String, Object> reference(Shape shape) {
    String name = shape.name().replaceFirst("^(a|an|the) ", "").replace(' ', '_');
    if (!definitions.containsKey(name)) {
      definitions.put(name, Map.of());
      definitions.put(name, object(shape));
    }
    return object("$ref", "#/$defs/" + name);
  }

  private static Map<String, Object> anyOf(Object... options) {
    return object("anyOf", new ArrayList<>(List.of(options)));
  }

  private static Map<String, Object> object(Object... keysAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      object.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
    }
    return object;
  }
}
