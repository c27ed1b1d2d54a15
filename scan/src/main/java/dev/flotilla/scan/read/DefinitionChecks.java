package dev.flotilla.scan.read;

import dev.flotilla.scan.facts.Fact;
import dev.flotilla.scan.python.Expression;
import dev.flotilla.scan.python.Statement;
import dev.flotilla.scan.python.Walker;
import dev.flotilla.scan.rules.Rule;
import dev.flotilla.scan.rules.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a class or function as a whole gives away. */
final class DefinitionChecks {
  private static final int LIMIT = 60;
  private static final Pattern ADMIN =
      Pattern.compile("(?i)(?:admin|reload|shutdown|restart|unload|/stop|/kill|exec|delete|purge)");
  private static final Pattern MODEL =
      Pattern.compile("_?(?:\\w+_)?models?(?:_instances?|_objects?|_cache)?");
  private static final Pattern ROUTE = Pattern.compile("(?:get|post|put|delete|patch|route)");
  private static final Pattern GUARD =
      Pattern.compile(
          "(?i).*(?:auth|login|token|security|permission|admin_required|verify|api_key|current_user).*");

  private DefinitionChecks() {}

  static void function(Statement.Function function, boolean topLevel, Context context) {
    int paths = Complexity.paths(function);
    if (paths > 10) {
      int cognitive = Complexity.cognitive(function);
      context.fact(
          Fact.Kind.COMPLEXITY,
          function,
          function.name(),
          Integer.toString(paths),
          Integer.toString(cognitive));
      if (paths > LIMIT) {
        context.report(
            Rule.COMPLEX,
            function,
            function.name() + "() has " + paths + " paths, more than " + LIMIT);
      }
      if (cognitive > LIMIT) {
        context.report(
            Rule.COGNITIVE,
            function,
            function.name() + "() has cognitive complexity " + cognitive + ", more than " + LIMIT);
      }
    }
    if (topLevel) {
      context.fact(Fact.Kind.FUNCTION, function, function.name());
    }
    String lower = function.name().toLowerCase(Locale.ROOT);
    if (lower.contains("health") || lower.equals("ping") || lower.equals("heartbeat")) {
      context.fact(Fact.Kind.HEALTH, function, function.name());
    }
    if (lower.matches("_?(cleanup|shutdown|stop|close|graceful_shutdown|__del__|__exit__)")) {
      context.trait("cleanup", function);
    }
    unloading(function, lower, context);
    routes(function, context);
    SecretChecks.function(function, context);
  }

  private static void unloading(Statement.Function function, String lower, Context context) {
    boolean unloads =
        lower.contains("unload") && !lower.matches(".*(?:should|mark|notify|on_|is_|can_).*");
    boolean torch = context.bindings().imported("torch").isPresent();
    boolean other = context.bindings().imported("Llama").isPresent();
    if (!unloads || !torch || other) {
      return;
    }
    Mentions mentions = new Mentions();
    mentions.walk(function.body());
    boolean helped = mentions.calls.stream().anyMatch(name -> empties(name, context));
    if (mentions.drops && !mentions.empties && !helped) {
      context.report(
          Rule.NO_EMPTY_CACHE,
          function,
          function.name() + "() drops a model and leaves its memory on the card");
    }
  }

  /** Whether a method of that name in this file empties the cache. */
  private static boolean empties(String name, Context context) {
    return context.bindings().classes().stream()
        .flatMap(type -> type.body().stream())
        .anyMatch(
            member -> {
              if (!(member instanceof Statement.Function f) || !f.name().equals(name)) {
                return false;
              }
              Mentions mentions = new Mentions();
              mentions.walk(f.body());
              return mentions.empties;
            });
  }

  private static void routes(Statement.Function function, Context context) {
    for (Expression decorator : function.decorators()) {
      if (!(decorator instanceof Expression.Call call)
          || !(call.function() instanceof Expression.Attribute method)
          || !ROUTE.matcher(method.name()).matches()
          || call.arguments().isEmpty()) {
        continue;
      }
      String path = context.text(call.arguments().getFirst());
      if (!path.startsWith("/")) {
        continue;
      }
      if (path.contains("health") || path.contains("ready") || path.contains("live")) {
        context.fact(Fact.Kind.HEALTH, function, path);
      }
      String text = describe(call, function);
      boolean changes =
          method.name().matches("post|put|delete|patch")
              || (method.name().equals("route") && text.matches("(?s).*(?:POST|PUT|DELETE).*"));
      if (changes) {
        context.trait("route", function);
      }
      if (changes && ADMIN.matcher(path).find() && !GUARD.matcher(text).matches()) {
        context.report(
            Rule.OPEN_ADMIN, function, path + " changes things and asks for no authentication");
      }
    }
  }

  /** The names and texts in a route's decorators, parameters and first statements. */
  private static String describe(Expression.Call call, Statement.Function function) {
    List<String> words = new ArrayList<>();
    Walker names =
        new Walker() {
          @Override
          protected void visit(Expression expression) {
            switch (expression) {
              case Expression.Name n -> words.add(n.id());
              case Expression.Attribute a -> words.add(a.name());
              case Expression.Constant c -> words.add(c.text());
              default -> {}
            }
            super.visit(expression);
          }
        };
    Statement signature =
        new Statement.Function(
            function.name(),
            function.parameters(),
            List.of(),
            function.decorators(),
            function.returns(),
            false,
            function.span());
    names.walk(List.of(signature));
    names.walk(function.body());
    names.walk(List.of(new Statement.ExpressionStatement(call, call.span())));
    return String.join(" ", words);
  }

  static void type(Statement.ClassDefinition definition, Context context) {
    List<String> methods = new ArrayList<>();
    for (Statement member : definition.body()) {
      if (member instanceof Statement.Function function) {
        methods.add(function.name());
      }
    }
    List<String> bases = new ArrayList<>();
    for (Expression base : definition.bases()) {
      String name = context.qualified(base);
      if (!name.isEmpty()) {
        bases.add(name);
      }
    }
    context.fact(
        Fact.Kind.CLASS,
        definition,
        definition.name(),
        String.join(",", bases),
        Integer.toString(methods.size()),
        String.join(",", methods));
    if (methods.size() >= 10) {
      ClassMetrics metrics = ClassMetrics.of(definition);
      if (metrics.isGodObject()) {
        context.report(
            Rule.GOD_OBJECT,
            metrics.methods() >= LIMIT ? Severity.HIGH : Severity.MEDIUM,
            definition.span(),
            String.format(
                Locale.ROOT,
                "%s has %d methods (WMC %d, ATFD %d, TCC %.2f)",
                definition.name(),
                metrics.methods(),
                metrics.weight(),
                metrics.foreign(),
                metrics.cohesion()));
      }
    }
  }

  private static final class Mentions extends Walker {
    private boolean drops;
    private boolean empties;
    private final Set<String> calls = new HashSet<>();

    @Override
    protected void visit(Statement statement) {
      switch (statement) {
        case Statement.Delete delete ->
            drops |= delete.targets().stream().anyMatch(Mentions::isModel);
        case Statement.Assign assign ->
            drops |=
                assign.value() instanceof Expression.Constant c
                    && c.kind() == Expression.Constant.Kind.NONE
                    && assign.targets().stream().anyMatch(Mentions::isModel);
        default -> {}
      }
      super.visit(statement);
    }

    private static boolean isModel(Expression expression) {
      return switch (expression) {
        case Expression.Name n -> MODEL.matcher(n.id()).matches();
        case Expression.Attribute a -> MODEL.matcher(a.name()).matches();
        case Expression.Subscript s -> isModel(s.value());
        default -> false;
      };
    }

    @Override
    protected void visit(Expression expression) {
      if (expression instanceof Expression.Call call
          && call.function() instanceof Expression.Attribute method) {
        calls.add(method.name());
      }
      if (expression instanceof Expression.Attribute a && a.name().equals("empty_cache")) {
        empties = true;
      }
      if (expression instanceof Expression.Name n && n.id().equals("empty_cache")) {
        empties = true;
      }
      super.visit(expression);
    }
  }
}
