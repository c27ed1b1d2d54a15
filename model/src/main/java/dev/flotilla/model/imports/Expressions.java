package dev.flotilla.model.imports;

import dev.flotilla.model.yaml.YamlNode;
import dev.flotilla.model.yaml.YamlNode.Mapping;
import dev.flotilla.model.yaml.YamlNode.Scalar;
import dev.flotilla.model.yaml.YamlNode.Sequence;
import dev.flotilla.model.yaml.YamlValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the inputs write in place of values: variables, and ports as a sum. */
final class Expressions {
  private static final Pattern PORT_SUM =
      Pattern.compile("\\$\\{PORT_OFFSET(?::-0)?}\\s*\\+\\s*(\\d{1,5})");
  private static final Pattern BARE_VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

  private final Notes notes;

  Expressions(Notes notes) {
    this.notes = notes;
  }

  /** The number in <code>${PORT_OFFSET}+7200</code>. */
  static Optional<Integer> portSum(String text) {
    Matcher m = PORT_SUM.matcher(text.strip());
    return m.matches() ? Optional.of(Integer.valueOf(m.group(1))) : Optional.empty();
  }

  /** A plain port or a sum. */
  static Optional<Integer> port(Scalar scalar) {
    String text = scalar.text().strip();
    return portSum(text)
        .or(() -> text.matches("\\d{1,5}") ? Optional.of(Integer.valueOf(text)) : Optional.empty())
        .filter(port -> port > 0 && port < 65536);
  }

  /** Variables without a default get an empty one, as the manifest is strict about them. */
  String variables(Scalar scalar) {
    Matcher m = BARE_VARIABLE.matcher(scalar.text());
    return m.replaceAll(
        (MatchResult found) -> {
          String name = found.group(1);
          notes.understood(
              scalar.where(),
              "${" + name + "} without a default",
              "${" + name + ":-}, empty where it is not set");
          return Matcher.quoteReplacement("${" + name + ":-}");
        });
  }

  /** Any value, with its variables. */
  Object value(YamlNode node) {
    return switch (node) {
      case Scalar scalar ->
          scalar.text().indexOf('$') < 0 ? YamlValues.value(scalar) : variables(scalar);
      case Mapping mapping -> map(mapping);
      case Sequence list -> {
        List<Object> values = new ArrayList<>();
        list.items().forEach(item -> values.add(value(item)));
        yield values;
      }
    };
  }

  Map<String, Object> map(Mapping mapping) {
    Map<String, Object> values = new LinkedHashMap<>();
    mapping.byKey().forEach((key, entry) -> values.put(key, value(entry.value())));
    return values;
  }
}
