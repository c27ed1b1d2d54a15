package dev.flotilla.scan.read;

import dev.flotilla.scan.python.Alias;
import dev.flotilla.scan.python.Expression;
import dev.flotilla.scan.python.Parameter;
import dev.flotilla.scan.python.Statement;
import dev.flotilla.scan.python.Walker;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What each name of a file is bound to: module and class attributes, locals, parameters' defaults,
 * imports. A first pass over the tree; read-only afterwards. Scopes are dotted paths.
 */
final class Bindings extends Walker {
  /** A value and the scope it stands in. */
  record Bound(Expression value, String scope) {}

  private final Map<String, Map<String, List<Bound>>> byScope = new HashMap<>();
  private final Map<String, Map<String, Optional<Expression>>> parameters = new HashMap<>();
  private final Map<String, String> imports = new HashMap<>();
  private final Map<String, Expression> arguments = new HashMap<>();
  private final Map<String, Statement.ClassDefinition> classes = new HashMap<>();
  private final Set<String> variable = new HashSet<>();
  private final List<String> path = new ArrayList<>();
  private final List<String> classPath = new ArrayList<>();
  private String scope = "";

  static Bindings of(List<Statement> body) {
    Bindings result = new Bindings();
    result.visitBody(body);
    return result;
  }

  /** What the name is assigned in exactly that scope. */
  List<Bound> values(String inScope, String name) {
    return byScope.getOrDefault(inScope, Map.of()).getOrDefault(name, List.of());
  }

  /** Whether the name is a parameter of that function, and its default. */
  Optional<Optional<Expression>> parameter(String function, String name) {
    return Optional.ofNullable(parameters.getOrDefault(function, Map.of()).get(name));
  }

  /** The dotted name an imported name stands for. */
  Optional<String> imported(String name) {
    return Optional.ofNullable(imports.get(name));
  }

  /** Whether a module of that name is imported, under whatever name, or something of it. */
  boolean isImported(String module) {
    return imports.values().stream().anyMatch(v -> Dotted.first(v).equals(module));
  }

  /** The default of a command-line option. */
  Optional<Expression> option(String name) {
    return Optional.ofNullable(arguments.get(name));
  }

  /** A class of this file. */
  Optional<Statement.ClassDefinition> classNamed(String name) {
    return Optional.ofNullable(classes.get(name));
  }

  /** The classes of this file. */
  Collection<Statement.ClassDefinition> classes() {
    return classes.values();
  }

  /** Whether the name changes in a loop, so that no one value is right. */
  boolean varies(String inScope, String name) {
    return variable.contains(inScope + "/" + name);
  }

  /** The dotted name with its first part replaced by what was imported under it. */
  String qualified(String dotted) {
    String first = Dotted.first(dotted);
    String full = imports.get(first);
    return full == null ? dotted : full + dotted.substring(first.length());
  }

  @Override
  protected void visit(Statement statement) {
    switch (statement) {
      case Statement.Function function -> function(function);
      case Statement.ClassDefinition definition -> {
        classes.putIfAbsent(definition.name(), definition);
        path.add(definition.name());
        classPath.add(String.join(".", path));
        String outer = scope;
        scope = String.join(".", path);
        visitBody(definition.body());
        scope = outer;
        classPath.removeLast();
        path.removeLast();
      }
      case Statement.Assign assign -> {
        for (Expression target : assign.targets()) {
          bind(target, assign.value());
        }
        super.visit(statement);
      }
      case Statement.AnnotatedAssign assign -> {
        assign.value().ifPresent(value -> bind(assign.target(), value));
        super.visit(statement);
      }
      case Statement.AugmentedAssign assign -> {
        vary(assign.target());
        super.visit(statement);
      }
      case Statement.For loop -> {
        vary(loop.target());
        super.visit(statement);
      }
      case Statement.With with -> {
        for (Statement.With.Item item : with.items()) {
          item.target().ifPresent(target -> bind(target, item.context()));
        }
        super.visit(statement);
      }
      case Statement.Import names -> {
        for (Alias alias : names.names()) {
          String full =
              alias.bound().equals(Dotted.first(alias.name())) ? alias.bound() : alias.name();
          imports.put(alias.bound(), full);
        }
      }
      case Statement.ImportFrom names -> {
        String module = ".".repeat(names.level()) + names.module();
        for (Alias alias : names.names()) {
          imports.put(alias.bound(), module + "." + alias.name());
        }
      }
      case Statement.If _,
          Statement.While _,
          Statement.Try _,
          Statement.Match _,
          Statement.Return _,
          Statement.Delete _,
          Statement.Raise _,
          Statement.Assert _,
          Statement.Declaration _,
          Statement.ExpressionStatement _,
          Statement.TypeAlias _,
          Statement.Simple _ ->
          super.visit(statement);
    }
  }

  private void function(Statement.Function function) {
    path.add(function.name());
    String outer = scope;
    scope = String.join(".", path);
    Map<String, Optional<Expression>> own = new HashMap<>();
    for (Parameter parameter : function.parameters()) {
      own.put(parameter.name(), parameter.initial());
    }
    parameters.put(scope, own);
    visitBody(function.body());
    scope = outer;
    path.removeLast();
  }

  @Override
  protected void visit(Expression expression) {
    if (expression instanceof Expression.Call call
        && call.function() instanceof Expression.Attribute attribute
        && attribute.name().equals("add_argument")) {
      option(call);
    }
    if (expression instanceof Expression.Named named) {
      bind(named.target(), named.value());
    }
    super.visit(expression);
  }

  private void option(Expression.Call call) {
    for (Expression argument : call.arguments()) {
      if (argument instanceof Expression.Constant c && c.text().startsWith("--")) {
        String name = c.text().substring(2).replace('-', '_');
        call.keyword("default").ifPresent(value -> arguments.put(name, value));
      }
    }
  }

  private void bind(Expression target, Expression value) {
    switch (target) {
      case Expression.Name name -> add(scope, name.id(), value);
      case Expression.Attribute attribute -> {
        if (attribute.value() instanceof Expression.Name self
            && !classPath.isEmpty()
            && (self.id().equals("self") || self.id().equals("cls"))) {
          add(classPath.getLast(), attribute.name(), value);
        }
      }
      case Expression.Sequence sequence -> {
        if (value instanceof Expression.Sequence values
            && values.elements().size() == sequence.elements().size()) {
          for (int i = 0; i < values.elements().size(); i++) {
            bind(sequence.elements().get(i), values.elements().get(i));
          }
        } else {
          sequence.elements().forEach(this::vary);
        }
      }
      default -> {}
    }
  }

  private void add(String inScope, String name, Expression value) {
    byScope
        .computeIfAbsent(inScope, _ -> new HashMap<>())
        .computeIfAbsent(name, _ -> new ArrayList<>())
        .add(new Bound(value, scope));
  }

  private void vary(Expression target) {
    switch (target) {
      case Expression.Name name -> variable.add(scope + "/" + name.id());
      case Expression.Attribute attribute -> {
        if (!classPath.isEmpty()) {
          variable.add(classPath.getLast() + "/" + attribute.name());
        }
      }
      case Expression.Sequence sequence -> sequence.elements().forEach(this::vary);
      case Expression.Starred starred -> vary(starred.value());
      default -> {}
    }
  }
}
