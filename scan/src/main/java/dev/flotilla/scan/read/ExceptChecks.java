package dev.flotilla.scan.read;

import dev.flotilla.scan.python.Expression;
import dev.flotilla.scan.python.Handler;
import dev.flotilla.scan.python.Keyword;
import dev.flotilla.scan.python.Statement;
import dev.flotilla.scan.python.Walker;
import dev.flotilla.scan.rules.Rule;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Bare, broad and swallowed exceptions, as ruff's E722, BLE001, S110 and S112 see them. */
final class ExceptChecks {
  private static final Set<String> LOG_METHODS =
      Set.of("debug", "info", "warning", "warn", "error", "critical", "fatal", "log", "exception");

  private ExceptChecks() {}

  static void check(Handler handler, Context context) {
    List<Statement> body = handler.body();
    boolean bare = handler.type().isEmpty();
    boolean broad = !bare && isBroad(handler.type().get(), context);
    if (bare && body.stream().noneMatch(Statement.Raise.class::isInstance)) {
      context.report(Rule.BARE_EXCEPT, handler, "bare except: name the exceptions");
    }
    if (broad && !raisesAgain(handler) && !logs(handler, context)) {
      String caught = broadName(handler.type().get(), context);
      context.report(
          Rule.BROAD_EXCEPT,
          handler,
          "catches " + caught + " and neither raises it again nor logs it with exc_info");
    }
    if (bare || broad) {
      swallowed(handler, context);
    }
  }

  private static void swallowed(Handler handler, Context context) {
    List<Statement> body = handler.body();
    if (body.size() == 1 && body.getFirst() instanceof Statement.Simple simple) {
      if (simple.word() != Statement.Simple.Word.BREAK) {
        String word = simple.word().name().toLowerCase(Locale.ROOT);
        context.report(Rule.SWALLOWED, handler, "the exception is swallowed by " + word);
      }
      return;
    }
    if (!body.isEmpty() && body.stream().allMatch(ExceptChecks::isPrint)) {
      context.report(Rule.SWALLOWED, handler, "the exception is only printed");
    }
  }

  private static boolean isPrint(Statement statement) {
    return switch (statement) {
      case Statement.Simple simple -> simple.word() == Statement.Simple.Word.PASS;
      case Statement.ExpressionStatement line ->
          line.value() instanceof Expression.Call call
              && call.function() instanceof Expression.Name name
              && name.id().equals("print");
      default -> false;
    };
  }

  private static boolean isBroad(Expression type, Context context) {
    return !broadName(type, context).isEmpty();
  }

  private static String broadName(Expression type, Context context) {
    return switch (type) {
      case Expression.Name name -> {
        boolean builtin = name.id().equals("Exception") || name.id().equals("BaseException");
        boolean shadowed =
            context.bindings().imported(name.id()).isPresent()
                || context.bindings().classNamed(name.id()).isPresent()
                || !context.bindings().values("", name.id()).isEmpty();
        yield builtin && !shadowed ? name.id() : "";
      }
      case Expression.Attribute attribute -> {
        String full = context.qualified(attribute);
        yield full.equals("builtins.Exception") || full.equals("builtins.BaseException")
            ? attribute.name()
            : "";
      }
      case Expression.Sequence tuple -> {
        for (Expression element : tuple.elements()) {
          String name = broadName(element, context);
          if (!name.isEmpty()) {
            yield name;
          }
        }
        yield "";
      }
      default -> "";
    };
  }

  private static boolean raisesAgain(Handler handler) {
    Search search =
        new Search() {
          @Override
          protected void visit(Statement statement) {
            switch (statement) {
              case Statement.Raise raise -> {
                boolean again =
                    raise.exception().isEmpty()
                        || is(handler.name(), raise.exception().get())
                        || (raise.cause().isPresent() && is(handler.name(), raise.cause().get()));
                found |= again;
              }
              case Statement.Function _, Statement.ClassDefinition _, Statement.Try _ -> {}
              default -> super.visit(statement);
            }
          }

          @Override
          protected void visit(Expression expression) {}
        };
    search.walk(handler.body());
    return search.found;
  }

  private static boolean is(String name, Expression expression) {
    return !name.isEmpty() && expression instanceof Expression.Name n && n.id().equals(name);
  }

  private static boolean logs(Handler handler, Context context) {
    Search search =
        new Search() {
          @Override
          protected void visit(Statement statement) {
            switch (statement) {
              case Statement.Function _, Statement.ClassDefinition _ -> {}
              default -> super.visit(statement);
            }
          }

          @Override
          protected void visit(Expression expression) {
            if (expression instanceof Expression.Call call) {
              found |= logsTrace(call, context);
            }
            super.visit(expression);
          }
        };
    search.walk(handler.body());
    return search.found;
  }

  private static boolean logsTrace(Expression.Call call, Context context) {
    String full = context.qualified(call.function());
    if (call.function() instanceof Expression.Name) {
      return full.equals("logging.exception")
          || (full.startsWith("logging.")
              && LOG_METHODS.contains(Dotted.last(full))
              && hasTrace(call.keywords()));
    }
    if (!(call.function() instanceof Expression.Attribute method)
        || !isLogger(method.value(), context)) {
      return false;
    }
    return method.name().equals("exception")
        || (LOG_METHODS.contains(method.name()) && hasTrace(call.keywords()));
  }

  private static boolean isLogger(Expression value, Context context) {
    String dotted = Dotted.of(value);
    String first = Dotted.first(dotted);
    boolean own = !context.bindings().values("", first).isEmpty();
    if (!dotted.isEmpty() && !own && context.bindings().imported(first).isPresent()) {
      String full = context.bindings().qualified(dotted);
      return full.equals("logging") || full.equals("flask.current_app.logger");
    }
    String last =
        value instanceof Expression.Attribute attribute ? attribute.name() : Dotted.last(dotted);
    return last.startsWith("log")
        || last.startsWith("LOG")
        || last.endsWith("logger")
        || last.endsWith("logging");
  }

  private static boolean hasTrace(List<Keyword> keywords) {
    for (Keyword keyword : keywords) {
      if (keyword.name().equals("exc_info")) {
        return !(keyword.value() instanceof Expression.Constant c)
            || !(c.kind() == Expression.Constant.Kind.FALSE
                || c.kind() == Expression.Constant.Kind.NONE
                || c.text().equals("0"));
      }
    }
    return false;
  }

  private abstract static class Search extends Walker {
    boolean found;
  }
}
