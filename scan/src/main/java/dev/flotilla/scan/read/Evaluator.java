package dev.flotilla.scan.read;

import dev.flotilla.scan.facts.Hole;
import dev.flotilla.scan.python.Expression;
import dev.flotilla.scan.python.Expression.Constant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an expression is, as text, as far as the file alone tells; what it does not tell stands in
 * the text as a {@link Hole}. Values are propagated through locals, class attributes, parameters'
 * and options' defaults, and defaults of environment and configuration. Nothing is guessed: a name
 * with several different values is a hole.
 */
final class Evaluator {
  private static final int DEPTH = 12;
  private static final Set<String> GETTERS = Set.of("get", "getint", "get_int", "get_str");

  private final Bindings bindings;
  private final Scopes scopes;
  private final Formatting formatting = new Formatting(this);

  Evaluator(Bindings bindings) {
    this.bindings = bindings;
    scopes = new Scopes(bindings);
  }

  /** The text of an expression that stands in the scope. */
  String text(Expression expression, String scope) {
    return text(expression, scope, DEPTH);
  }

  String text(Expression expression, String scope, int depth) {
    if (depth == 0) {
      return Candidates.unknown("too deep");
    }
    return switch (expression) {
      case Constant constant ->
          constant.kind() == Constant.Kind.NONE ? Candidates.NONE : constant.text();
      case Expression.FormattedString string -> {
        StringBuilder text = new StringBuilder();
        for (Expression part : string.parts()) {
          text.append(text(part, scope, depth - 1));
        }
        yield text.toString();
      }
      case Expression.Placeholder placeholder -> text(placeholder.value(), scope, depth - 1);
      case Expression.Name name -> name(name.id(), scope, depth - 1);
      case Expression.Attribute attribute -> attribute(attribute, scope, depth - 1);
      case Expression.Call call -> call(call, scope, depth - 1);
      case Expression.Subscript subscript -> subscript(subscript, scope, depth - 1);
      case Expression.Operation operation -> operation(operation, scope, depth - 1);
      case Expression.Conditional conditional ->
          Candidates.firstKnown(
              List.of(
                  text(conditional.body(), scope, depth - 1),
                  text(conditional.orElse(), scope, depth - 1)));
      case Expression.Await await -> text(await.value(), scope, depth - 1);
      case Expression.Named named -> text(named.value(), scope, depth - 1);
      case Expression.Sequence _,
          Expression.Dictionary _,
          Expression.Slice _,
          Expression.Lambda _,
          Expression.Comprehension _,
          Expression.Yield _,
          Expression.Starred _ ->
          Candidates.unknown(expression.getClass().getSimpleName());
    };
  }

  /** The expression a name or attribute was last bound to, when there is exactly one. */
  Optional<Bindings.Bound> definition(Expression expression, String scope) {
    return scopes.definition(expression, scope);
  }

  private String name(String name, String scope, int depth) {
    String at = scope;
    while (true) {
      if (bindings.varies(at, name)) {
        return Candidates.unknown(name + " varies");
      }
      List<Bindings.Bound> values = bindings.values(at, name);
      Optional<Optional<Expression>> parameter = bindings.parameter(at, name);
      if (!values.isEmpty() || parameter.isPresent()) {
        List<String> texts = new ArrayList<>();
        String here = at;
        parameter
            .flatMap(initial -> initial)
            .ifPresent(initial -> texts.add(text(initial, here, depth)));
        if (parameter.isPresent() && parameter.get().isEmpty()) {
          texts.add(new Hole("parameter", name).toString());
        }
        for (Bindings.Bound bound : values) {
          if (!refersTo(bound.value(), name)) {
            texts.add(text(bound.value(), bound.scope(), depth));
          } else {
            texts.add(selfReference(bound, depth));
          }
        }
        return Candidates.onlyOne(texts, name);
      }
      if (at.isEmpty()) {
        break;
      }
      int dot = at.lastIndexOf('.');
      at = dot < 0 ? "" : at.substring(0, dot);
    }
    return bindings
        .imported(name)
        .map(full -> new Hole("import", full).toString())
        .orElseGet(() -> Candidates.unknown(name));
  }

  /** {@code port = port or 5556} and the like: only what does not go in a circle. */
  private String selfReference(Bindings.Bound bound, int depth) {
    if (bound.value() instanceof Expression.Operation operation
        && operation.form() == Expression.Operation.Form.BOOLEAN) {
      return text(operation.operands().getLast(), bound.scope(), depth);
    }
    if (bound.value() instanceof Expression.Conditional conditional) {
      return text(conditional.orElse(), bound.scope(), depth);
    }
    return Candidates.NONE;
  }

  private static boolean refersTo(Expression value, String name) {
    return switch (value) {
      case Expression.Name n -> n.id().equals(name);
      case Expression.Operation o -> o.operands().stream().anyMatch(x -> refersTo(x, name));
      case Expression.Conditional c -> refersTo(c.body(), name) || refersTo(c.test(), name);
      case Expression.Call c -> c.arguments().stream().anyMatch(x -> refersTo(x, name));
      default -> false;
    };
  }

  private String attribute(Expression.Attribute attribute, String scope, int depth) {
    if (attribute.value() instanceof Expression.Name self
        && (self.id().equals("self") || self.id().equals("cls"))) {
      List<Bindings.Bound> values = scopes.members(attribute, scope);
      if (values.isEmpty()) {
        return scopes.inherits(scope)
            ? new Hole("attribute", attribute.name()).toString()
            : Candidates.unknown("self." + attribute.name());
      }
      List<String> texts = new ArrayList<>();
      for (Bindings.Bound bound : values) {
        if (!(bound.value() instanceof Expression.Attribute same && same.equals(attribute))) {
          texts.add(text(bound.value(), bound.scope(), depth));
        }
      }
      return Candidates.onlyOne(texts, attribute.name());
    }
    String dotted = Dotted.of(attribute);
    String first = Dotted.first(dotted);
    if (bindings.classNamed(first).isPresent()) {
      List<Bindings.Bound> values = bindings.values(first, attribute.name());
      if (!values.isEmpty()) {
        return text(values.getFirst().value(), values.getFirst().scope(), depth);
      }
    }
    if (first.contains("arg") || first.contains("opt")) {
      Optional<Expression> option = bindings.option(attribute.name());
      if (option.isPresent()) {
        return text(option.get(), scope, depth);
      }
    }
    if (!dotted.isEmpty() && bindings.imported(first).isPresent()) {
      return new Hole("import", bindings.qualified(dotted)).toString();
    }
    return looksLikeConfiguration(attribute.value())
        ? new Hole("config", attribute.name()).toString()
        : Candidates.unknown(dotted.isEmpty() ? attribute.name() : dotted);
  }

  private String call(Expression.Call call, String scope, int depth) {
    String function = bindings.qualified(Dotted.of(call.function()));
    String last =
        call.function() instanceof Expression.Attribute attribute
            ? attribute.name()
            : Dotted.last(function);
    List<Expression> arguments = call.arguments();
    if (!arguments.isEmpty()
        && (function.equals("int") || function.equals("str") || function.equals("float"))) {
      return text(arguments.getFirst(), scope, depth);
    }
    if (Environment.reads(function) && !arguments.isEmpty()) {
      return orDefault("env", call, scope, depth);
    }
    boolean get = GETTERS.contains(last) && !arguments.isEmpty();
    if (get && looksLikeConfiguration(receiver(call))) {
      return orDefault("config", call, scope, depth);
    }
    if (last.equals("get") && arguments.size() > 1) {
      return orDefault("config", call, scope, depth);
    }
    if (function.equals("getattr") && arguments.size() == 3) {
      String name = text(arguments.get(1), scope, depth);
      return bindings
          .option(name)
          .map(option -> text(option, scope, depth))
          .orElseGet(
              () ->
                  new Hole("config", name + "=" + text(arguments.get(2), scope, depth)).toString());
    }
    if (last.equals("format") && call.function() instanceof Expression.Attribute method) {
      return formatting.format(method.value(), call, scope, depth);
    }
    List<String> texts = new ArrayList<>();
    for (Expression argument : arguments) {
      texts.add(text(argument, scope, depth).replace('«', '<').replace('»', '>'));
    }
    return new Hole(
            "call", (function.isEmpty() ? last : function) + "(" + String.join(", ", texts) + ")")
        .toString();
  }

  private static Expression receiver(Expression.Call call) {
    return call.function() instanceof Expression.Attribute attribute ? attribute.value() : call;
  }

  private String orDefault(String kind, Expression.Call call, String scope, int depth) {
    String name =
        text(call.arguments().getFirst(), scope, depth).replace('«', '<').replace('»', '>');
    Optional<Expression> initial =
        call.arguments().size() > 1
            ? Optional.of(call.arguments().get(1))
            : call.keyword("default");
    String value = initial.map(e -> text(e, scope, depth)).orElse("");
    boolean known = !value.isEmpty() && value.indexOf('«') < 0;
    return new Hole(kind, known ? name + "=" + value : name).toString();
  }

  private String subscript(Expression.Subscript subscript, String scope, int depth) {
    String container = bindings.qualified(Dotted.of(subscript.value()));
    String key = text(subscript.index(), scope, depth);
    if (key.indexOf('«') >= 0) {
      return Candidates.unknown(container + "[…]");
    }
    if (container.equals("os.environ")) {
      return new Hole("env", key).toString();
    }
    Optional<Bindings.Bound> bound = scopes.definition(subscript.value(), scope);
    if (bound.isPresent() && bound.get().value() instanceof Expression.Dictionary dictionary) {
      for (Expression.Dictionary.Entry entry : dictionary.entries()) {
        if (entry.key().isPresent()
            && entry.key().get() instanceof Constant c
            && c.text().equals(key)) {
          return text(entry.value(), bound.get().scope(), depth);
        }
      }
    }
    if (subscript.value() instanceof Expression.Call got
        && !got.arguments().isEmpty()
        && Dotted.last(Dotted.of(got.function())).equals("get")
        && looksLikeConfiguration(receiver(got))) {
      return new Hole("config", text(got.arguments().getFirst(), scope, depth) + "." + key)
          .toString();
    }
    if (subscript.value() instanceof Expression.Subscript inner
        && looksLikeConfiguration(inner.value())) {
      return new Hole("config", text(inner.index(), scope, depth) + "." + key).toString();
    }
    return looksLikeConfiguration(subscript.value())
        ? new Hole("config", key).toString()
        : Candidates.unknown(container + "[" + key + "]");
  }

  private String operation(Expression.Operation operation, String scope, int depth) {
    List<String> texts = new ArrayList<>();
    for (Expression operand : operation.operands()) {
      texts.add(text(operand, scope, depth));
    }
    return switch (operation.form()) {
      case BOOLEAN ->
          operation.operators().getFirst().equals("or")
              ? Candidates.firstKnown(texts)
              : texts.getLast();
      case BINARY -> formatting.binary(operation, texts, scope, depth);
      case UNARY, COMPARISON -> Candidates.unknown("condition");
    };
  }

  static boolean looksLikeConfiguration(Expression expression) {
    String name =
        switch (expression) {
          case Expression.Name n -> n.id();
          case Expression.Attribute a -> a.name();
          case Expression.Call c -> Dotted.last(Dotted.of(c.function()));
          case Expression.Subscript s -> Dotted.last(Dotted.of(s.value()));
          default -> "";
        };
    String lower = name.toLowerCase(java.util.Locale.ROOT);
    return lower.contains("config")
        || lower.contains("settings")
        || lower.equals("cfg")
        || lower.equals("conf")
        || lower.equals("kwargs")
        || lower.equals("options");
  }
}
