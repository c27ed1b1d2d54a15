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
import java.util.Optional;

/** Holds a file against its shape and reports everything that does not fit. */
public final class ShapeCheck {
  private static final int SHOWN = 60;

  private final Problems problems;

  public ShapeCheck(Problems problems) {
    this.problems = problems;
  }

  public void check(YamlNode node, Shape shape) {
    if (node instanceof Mapping mapping) {
      section(mapping, shape);
    } else {
      wrong(node, new Section(shape));
    }
  }

  private void check(YamlNode node, Type type) {
    if (node instanceof Scalar scalar && scalar.style() == Style.BROKEN) {
      return;
    }
    switch (type) {
      case Type.Anything anything -> {}
      case Section(Shape shape) -> check(node, shape);
      case Either either -> either(node, either);
      case ListOf list -> {
        if (node instanceof Sequence sequence) {
          sequence.items().forEach(item -> check(item, list.item()));
        } else {
          wrong(node, type);
        }
      }
      case MapOf map -> {
        if (node instanceof Mapping mapping) {
          mapping.entries().forEach(entry -> entry(entry, map));
        } else {
          wrong(node, type);
        }
      }
      case OfScalar wanted -> {
        if (!fits(node, wanted)) {
          wrong(node, type);
        }
      }
    }
  }

  private void either(YamlNode node, Either either) {
    for (Type option : either.options()) {
      if (option instanceof OfScalar wanted ? fits(node, wanted) : sameKind(node, option)) {
        check(node, option);
        return;
      }
    }
    wrong(node, either);
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

  private void section(Mapping mapping, Shape shape) {
    for (Entry entry : mapping.entries()) {
      String name = entry.key().text();
      Optional<Shape.Key> key = shape.key(name);
      if (key.isPresent()) {
        check(entry.value(), key.get().type());
      } else if (!shape.extensible() || !name.startsWith(Shape.EXTENSION)) {
        problems.error(
            entry.key().where(),
            "the unknown key '" + name + "' in " + shape.name(),
            "one of " + String.join(", ", shape.keyNames()),
            Nearest.to(name, shape.keyNames())
                .map(near -> "did you mean '" + near + "'?")
                .orElse(
                    shape.extensible()
                        ? "remove it, or call it '"
                            + Shape.EXTENSION
                            + name
                            + "' to have it ignored"
                        : "remove it"));
      }
    }
  }

  private void entry(Entry entry, MapOf map) {
    if (!map.key().accepts(entry.key().text())) {
      problems.error(
          entry.key().where(),
          "'" + entry.key().text() + "'",
          map.key().expected(),
          "give it another name");
    }
    check(entry.value(), map.value());
  }

  private void wrong(YamlNode node, Type type) {
    problems.error(node.where(), shown(node), type.expected(), advice(node, type));
  }

  private static String advice(YamlNode node, Type type) {
    if (node instanceof Scalar scalar) {
      if (type instanceof OneOf(java.util.List<String> words)) {
        Optional<String> near = Nearest.to(scalar.text(), words);
        if (near.isPresent()) {
          return "did you mean '" + near.get() + "'?";
        }
      }
      if (scalar.isNull()) {
        return "write a value, or remove the key";
      }
    }
    return "see docs/manifest.md";
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
