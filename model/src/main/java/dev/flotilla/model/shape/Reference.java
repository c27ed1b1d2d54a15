package dev.flotilla.model.shape;

import dev.flotilla.model.shape.Type.Either;
import dev.flotilla.model.shape.Type.ListOf;
import dev.flotilla.model.shape.Type.MapOf;
import dev.flotilla.model.shape.Type.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A shape as tables in Markdown, for users. */
public final class Reference {
  private final Map<String, Shape> shapes = new LinkedHashMap<>();

  private Reference() {}

  /** One section with a table for the shape and each one it contains. */
  public static String of(Shape shape) {
    Reference reference = new Reference();
    reference.collect(shape);
    StringBuilder out = new StringBuilder();
    for (Shape each : reference.shapes.values()) {
      out.append("### ")
          .append(title(each))
          .append("\n\n")
          .append(each.description())
          .append("\n\n");
      out.append("| key | value | default | meaning |\n|---|---|---|---|\n");
      for (Shape.Key key : each.keys()) {
        out.append("| `").append(key.name()).append("` | ").append(cell(key.type().expected()));
        out.append(" | ")
            .append(cell(key.byDefault()))
            .append(" | ")
            .append(cell(key.description()));
        out.append(" |\n");
      }
      out.append('\n');
    }
    return out.toString();
  }

  private void collect(Shape shape) {
    if (shapes.putIfAbsent(shape.name(), shape) == null) {
      shape.keys().forEach(key -> collect(key.type()));
    }
  }

  private void collect(Type type) {
    switch (type) {
      case Section(Shape shape) -> collect(shape);
      case ListOf list -> collect(list.item());
      case MapOf map -> collect(map.value());
      case Either(List<Type> options) -> options.forEach(this::collect);
      case Type.OfScalar scalar -> {}
      case Type.Anything anything -> {}
    }
  }

  private static String title(Shape shape) {
    String name = shape.name();
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;");
  }
}
