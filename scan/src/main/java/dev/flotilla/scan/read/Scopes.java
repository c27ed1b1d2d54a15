package dev.flotilla.scan.read;

import dev.flotilla.scan.python.Expression;
import dev.flotilla.scan.python.Statement;
import java.util.List;
import java.util.Optional;

/** What names mean from inside of functions and classes: the nearest scope around that has them. */
record Scopes(Bindings bindings) {
  /** The expression a name or attribute was last bound to, when there is exactly one. */
  Optional<Bindings.Bound> definition(Expression expression, String scope) {
    List<Bindings.Bound> bound =
        switch (expression) {
          case Expression.Name name -> visible(name.id(), scope);
          case Expression.Attribute attribute -> members(attribute, scope);
          default -> List.of();
        };
    return bound.isEmpty() ? Optional.empty() : Optional.of(bound.getFirst());
  }

  private List<Bindings.Bound> visible(String name, String scope) {
    String at = scope;
    while (true) {
      List<Bindings.Bound> values = bindings.values(at, name);
      if (!values.isEmpty() || at.isEmpty()) {
        return values;
      }
      int dot = at.lastIndexOf('.');
      at = dot < 0 ? "" : at.substring(0, dot);
    }
  }

  /** What an attribute of {@code self} is bound to in the classes around. */
  List<Bindings.Bound> members(Expression.Attribute attribute, String scope) {
    if (!(attribute.value() instanceof Expression.Name self)
        || !(self.id().equals("self") || self.id().equals("cls"))) {
      return List.of();
    }
    String at = scope;
    while (!at.isEmpty()) {
      List<Bindings.Bound> values = bindings.values(at, attribute.name());
      if (!values.isEmpty() && bindings.classNamed(Dotted.last(at)).isPresent()) {
        return values;
      }
      int dot = at.lastIndexOf('.');
      at = dot < 0 ? "" : at.substring(0, dot);
    }
    return List.of();
  }

  /** Whether the class around has a base that may set what the class itself does not. */
  boolean inherits(String scope) {
    String at = scope;
    while (!at.isEmpty()) {
      Optional<Statement.ClassDefinition> around = bindings.classNamed(Dotted.last(at));
      if (around.isPresent()) {
        return around.get().bases().stream().anyMatch(base -> !Dotted.of(base).equals("object"));
      }
      int dot = at.lastIndexOf('.');
      at = dot < 0 ? "" : at.substring(0, dot);
    }
    return false;
  }
}
