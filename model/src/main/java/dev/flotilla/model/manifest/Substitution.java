package dev.flotilla.model.manifest;

import dev.flotilla.model.Position;
import dev.flotilla.model.Problems;
import dev.flotilla.model.yaml.YamlNode;
import dev.flotilla.model.yaml.YamlNode.Entry;
import dev.flotilla.model.yaml.YamlNode.Mapping;
import dev.flotilla.model.yaml.YamlNode.Scalar;
import dev.flotilla.model.yaml.YamlNode.Sequence;
import dev.flotilla.model.yaml.YamlNode.Style;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Replaces <code>${NAME}</code> and <code>${NAME:-default}</code> in values, not in keys. {@code
 * $$} stands for {@code $}. A variable that is empty counts as not set, as in a shell.
 */
final class Substitution {
  private final Problems problems;

  Substitution(Problems problems) {
    this.problems = problems;
  }

  YamlNode apply(YamlNode node, Placeholders placeholders) {
    return switch (node) {
      case Scalar scalar -> scalar(scalar, placeholders);
      case Mapping mapping -> mapping(mapping, placeholders);
      case Sequence list -> {
        List<YamlNode> items = new ArrayList<>(list.items().size());
        list.items().forEach(item -> items.add(apply(item, placeholders)));
        yield items.equals(list.items()) ? list : Sequence.of(items, list.where());
      }
    };
  }

  Mapping mapping(Mapping mapping, Placeholders placeholders) {
    boolean changed = false;
    Map<String, Entry> byKey = new LinkedHashMap<>();
    for (Map.Entry<String, Entry> each : mapping.byKey().entrySet()) {
      Entry entry = each.getValue();
      YamlNode value = apply(entry.value(), placeholders);
      changed |= !value.equals(entry.value());
      byKey.put(each.getKey(), new Entry(entry.key(), value));
    }
    return changed ? Mapping.of(byKey, mapping.where()) : mapping;
  }

  private Scalar scalar(Scalar scalar, Placeholders placeholders) {
    if (scalar.style() == Style.BROKEN || scalar.text().indexOf('$') < 0) {
      return scalar;
    }
    Optional<String> text = text(scalar.text(), scalar.where(), placeholders);
    return text.map(
            value ->
                new Scalar(value, value.isEmpty() ? Style.QUOTED : scalar.style(), scalar.where()))
        .orElseGet(() -> new Scalar(scalar.text(), Style.BROKEN, scalar.where()));
  }

  private Optional<String> text(String text, Position where, Placeholders placeholders) {
    StringBuilder out = new StringBuilder();
    boolean whole = true;
    int i = 0;
    while (i < text.length()) {
      if (text.startsWith("$$", i)) {
        out.append(placeholders.last() ? "$" : "$$");
        i += 2;
      } else if (text.startsWith("${", i)) {
        int end = closing(text, i + 2);
        if (end < 0) {
          problems.error(
              where,
              "'${' without '}'",
              "${NAME} or ${NAME:-default}",
              "close it, or write $${ for the text itself");
          return Optional.empty();
        }
        Optional<String> value = placeholder(text.substring(i + 2, end), where, placeholders);
        whole &= value.isPresent();
        out.append(value.orElse(""));
        i = end + 1;
      } else {
        out.append(text.charAt(i));
        i++;
      }
    }
    return whole ? Optional.of(out.toString()) : Optional.empty();
  }

  private Optional<String> placeholder(String inside, Position where, Placeholders placeholders) {
    int separator = inside.indexOf(":-");
    String name = separator < 0 ? inside : inside.substring(0, separator);
    return switch (placeholders.find(name)) {
      case Placeholders.Value(String value) -> Optional.of(value);
      case Placeholders.Later later -> Optional.of("${" + inside + "}");
      case Placeholders.Missing(String expected, String advice) -> {
        if (separator >= 0) {
          yield text(inside.substring(separator + 2), where, placeholders);
        }
        problems.error(where, "${" + name + "}, which is not known", expected, advice);
        yield Optional.empty();
      }
    };
  }

  /** Where the brace that ends a placeholder is, counting those that a default contains. */
  private static int closing(String text, int from) {
    int open = 1;
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) == '{' && text.charAt(i - 1) == '$') {
        open++;
      } else if (text.charAt(i) == '}' && --open == 0) {
        return i;
      }
    }
    return -1;
  }
}
