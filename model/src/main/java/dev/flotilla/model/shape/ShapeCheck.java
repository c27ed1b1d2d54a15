package dev.flotilla.model.shape;

import dev.flotilla.model.Problems;
import dev.flotilla.model.shape.Type.Either;
import dev.flotilla.model.shape.Type.ListOf;
import dev.flotilla.model.shape.Type.MapOf;
import dev.flotilla.model.shape.Type.OfScalar;
import dev.flotilla.model.shape.Type.OneOf;
import dev.flotilla.model.shape.Type.Section;
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
 * Holds a file against its shape and reports everything that does not fit. What is left fits: wrong
 * values are marked broken, and unknown keys are read as the known one that was meant or are gone,
 * so that no mistake is reported twice.
 */
public final class ShapeCheck {
  private static final int SHOWN = 60;

  private final Hints hints;
  private final Problems problems;

  public ShapeCheck(Hints hints, Problems problems) {
    this.hints = hints;
    this.problems = problems;
  }

  public Mapping check(YamlNode node, Shape shape) {
    return check(node, new Section(shape)) instanceof Mapping mapping
        ? mapping
        : Mapping.empty(node.where());
  }

  private YamlNode check(YamlNode node, Type type) {
    if (node instanceof Scalar scalar && scalar.style() == Style.BROKEN) {
      return node;
    }
    Optional<String> hint = hints.value(type, node);
    if (hint.isPresent()) {
      return wrong(node, type, hint.get());
    }
    return switch (type) {
      case Type.Anything anything -> node;
      case Section(Shape shape) ->
          node instanceof Mapping mapping ? section(mapping, shape) : wrong(node, type);
      case Either either -> either(node, either);
      case ListOf list ->
          node instanceof Sequence sequence ? list(sequence, list) : wrong(node, type);
      case MapOf map -> node instanceof Mapping mapping ? map(mapping, map) : wrong(node, type);
      case OfScalar wanted -> fits(node, wanted) ? node : wrong(node, type);
    };
  }

  private YamlNode either(YamlNode node, Either either) {
    for (Type option : either.options()) {
      if (option instanceof OfScalar wanted ? fits(node, wanted) : sameKind(node, option)) {
        return check(node, option);
      }
    }
    return wrong(node, either);
  }

  private static boolean sameKind(YamlNode node, Type option) {
    return switch (option) {
      case Section section -> node instanceof Mapping;
      case MapOf map -> node instanceof Mapping;
      case ListOf list -> node instanceof Sequence;
      case OfScalar scalar -> node instanceof Scalar;
      case Either either -> either.options().stream().anyMatch(inner -> sameKind(node, inner));
      case Type.Anything anything -> true;
    };
  }

  private static boolean fits(YamlNode node, OfScalar wanted) {
    return node instanceof Scalar scalar && !scalar.isNull() && wanted.accepts(scalar.text());
  }

  private Sequence list(Sequence sequence, ListOf list) {
    List<YamlNode> items = new ArrayList<>(sequence.items().size());
    sequence.items().forEach(item -> items.add(check(item, list.item())));
    return Sequence.of(items, sequence.where());
  }

  private Mapping section(Mapping mapping, Shape shape) {
    Map<String, Entry> checked = new LinkedHashMap<>();
    for (Entry entry : mapping.entries()) {
      String name = entry.key().text();
      Optional<Shape.Key> key = shape.key(name);
      if (key.isPresent()) {
        checked.put(name, new Entry(entry.key(), check(entry.value(), key.get().type())));
      } else if (!shape.extensible() || !name.startsWith(Shape.EXTENSION)) {
        Optional<String> meant = unknown(entry.key(), shape);
        meant
            .filter(near -> !mapping.byKey().containsKey(near))
            .flatMap(shape::key)
            .ifPresent(
                near ->
                    checked.putIfAbsent(
                        near.name(), new Entry(entry.key(), check(entry.value(), near.type()))));
      }
    }
    return Mapping.of(checked, mapping.where());
  }

  /** Reports it; gives the known key that was meant, if there is one that takes its value. */
  private Optional<String> unknown(Scalar key, Shape shape) {
    Optional<Hints.Foreign> foreign = hints.key(shape, key.text());
    if (foreign.isEmpty()) {
      Optional<String> near = Nearest.to(key.text(), shape.keyNames());
      unknown(key, shape, near.map(ShapeCheck::meant).orElse(remove(key, shape)));
      return near;
    }
    return switch (foreign.get()) {
      case Hints.Foreign.Called(String known) -> {
        unknown(key, shape, "it is called '" + known + "' here");
        yield Optional.of(known);
      }
      case Hints.Foreign.Written(String advice) -> {
        unknown(key, shape, advice);
        yield Optional.empty();
      }
    };
  }

  private void unknown(Scalar key, Shape shape, String advice) {
    problems.error(
        key.where(),
        "the unknown key '" + key.text() + "' in " + shape.name(),
        "one of " + String.join(", ", shape.keyNames()),
        advice);
  }

  private static String remove(Scalar key, Shape shape) {
    return shape.extensible()
        ? "remove it, or call it '" + Shape.EXTENSION + key.text() + "' to have it ignored"
        : "remove it";
  }

  private static String meant(String near) {
    return "did you mean '" + near + "'?";
  }

  private Mapping map(Mapping mapping, MapOf map) {
    Map<String, Entry> checked = new LinkedHashMap<>();
    for (Entry entry : mapping.entries()) {
      String name = entry.key().text();
      YamlNode value = check(entry.value(), map.value());
      if (map.key().accepts(name)) {
        checked.put(name, new Entry(entry.key(), value));
      } else {
        problems.error(
            entry.key().where(), "'" + name + "'", map.key().expected(), "give it another name");
      }
    }
    return Mapping.of(checked, mapping.where());
  }

  private Scalar wrong(YamlNode node, Type type) {
    return wrong(node, type, advice(node, type));
  }

  private Scalar wrong(YamlNode node, Type type, String advice) {
    problems.error(node.where(), shown(node), type.expected(), advice);
    return new Scalar("", Style.BROKEN, node.where());
  }

  private static String advice(YamlNode node, Type type) {
    if (node instanceof Scalar scalar) {
      Optional<String> near = Nearest.to(scalar.text(), words(type));
      if (near.isPresent()) {
        return meant(near.get());
      }
      if (scalar.isNull()) {
        return "write a value, or remove the key";
      }
    }
    return "see docs/manifest.md";
  }

  private static List<String> words(Type type) {
    return switch (type) {
      case OneOf(List<String> words) -> words;
      case Either(List<Type> options) ->
          options.stream().flatMap(option -> words(option).stream()).toList();
      case Type.OfScalar scalar -> List.of();
      case Section section -> List.of();
      case ListOf list -> List.of();
      case MapOf map -> List.of();
      case Type.Anything anything -> List.of();
    };
  }

  private static String shown(YamlNode node) {
    return switch (node) {
      case Mapping mapping -> "a mapping";
      case Sequence list -> "a list";
      case Scalar scalar -> {
        if (scalar.isNull()) {
          yield "no value";
        }
        String text = scalar.text().replaceAll("\\s+", " ");
        yield "'" + (text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text) + "'";
      }
    };
  }
}
