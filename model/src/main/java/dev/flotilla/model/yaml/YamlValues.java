package dev.flotilla.model.yaml;

import dev.flotilla.model.PlacedMap;
import dev.flotilla.model.Position;
import dev.flotilla.model.yaml.YamlNode.Mapping;
import dev.flotilla.model.yaml.YamlNode.Scalar;
import dev.flotilla.model.yaml.YamlNode.Sequence;
import dev.flotilla.model.yaml.YamlNode.Style;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Plain Java values by the core schema of YAML 1.2: {@code true}, 12, 0.5; all else is text. */
public final class YamlValues {
  private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]{1,18}");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

  private YamlValues() {}

  /** Null becomes the empty text, as there is no null in the model. */
  public static Object value(YamlNode node) {
    return switch (node) {
      case Scalar scalar -> scalar(scalar);
      case Mapping mapping -> map(mapping);
      case Sequence list -> {
        List<Object> values = new ArrayList<>();
        list.items().forEach(item -> values.add(value(item)));
        yield List.copyOf(values);
      }
    };
  }

  /** Knows where its keys stand, as the maps in it do: {@link PlacedMap#place}. */
  public static Map<String, Object> map(Mapping mapping) {
    Map<String, Object> values = new LinkedHashMap<>();
    Map<String, Position> places = new HashMap<>();
    mapping
        .byKey()
        .forEach(
            (key, entry) -> {
              values.put(key, value(entry.value()));
              places.put(key, entry.key().where());
            });
    return new PlacedMap(values, places);
  }

  private static Object scalar(Scalar scalar) {
    String text = scalar.text();
    if (scalar.style() != Style.PLAIN) {
      return text;
    }
    if (scalar.isNull()) {
      return "";
    }
    return switch (text) {
      case "true", "True", "TRUE" -> true;
      case "false", "False", "FALSE" -> false;
      default -> number(text);
    };
  }

  private static Object number(String text) {
    if (WHOLE.matcher(text).matches()) {
      long number = Long.parseLong(text);
      if (number == (int) number) {
        return (int) number;
      }
      return number;
    }
    return DECIMAL.matcher(text).matches() ? (Object) Double.valueOf(text) : text;
  }
}
