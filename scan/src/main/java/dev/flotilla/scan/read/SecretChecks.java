package dev.flotilla.scan.read;

import dev.flotilla.scan.facts.Examples;
import dev.flotilla.scan.python.Expression;
import dev.flotilla.scan.python.Node;
import dev.flotilla.scan.python.Parameter;
import dev.flotilla.scan.python.Statement;
import dev.flotilla.scan.rules.Rule;
import dev.flotilla.scan.rules.Severity;
import java.util.Optional;

/** Credentials in the source: by the name a text is given to, by its shape, by its entropy. */
final class SecretChecks {
  private SecretChecks() {}

  static void assigned(Expression target, Expression value, Context context) {
    String name =
        switch (target) {
          case Expression.Name n -> n.id();
          case Expression.Attribute a -> a.name();
          case Expression.Subscript s ->
              s.index() instanceof Expression.Constant c && c.isString() ? c.text() : "";
          default -> "";
        };
    named(name, value, context);
  }

  static void call(Expression.Call call, Context context) {
    call.keywords().forEach(keyword -> named(keyword.name(), keyword.value(), context));
    boolean reads = Environment.reads(context.qualified(call.function()));
    if (reads
        && call.arguments().size() > 1
        && call.arguments().getFirst() instanceof Expression.Constant name) {
      named(name.text(), call.arguments().get(1), context);
    }
  }

  static void dictionary(Expression.Dictionary dictionary, Context context) {
    String user = "";
    for (Expression.Dictionary.Entry entry : dictionary.entries()) {
      if (entry.key().isPresent()
          && entry.key().get() instanceof Expression.Constant key
          && key.isString()) {
        named(key.text(), entry.value(), context);
        if (entry.value() instanceof Expression.Constant value && value.isString()) {
          if (Secrets.isUserName(key.text())) {
            user = value.text();
          } else if (Secrets.isDefaultLogin(user, key.text(), value.text())) {
            context.report(
                Rule.DEFAULT_LOGIN, entry.value(), "default login " + user + "/" + value.text());
          }
        }
      }
    }
  }

  static void function(Statement.Function function, Context context) {
    for (Parameter parameter : function.parameters()) {
      parameter.initial().ifPresent(value -> named(parameter.name(), value, context));
    }
  }

  static void constant(Expression.Constant constant, Context context) {
    Secrets.known(constant.text())
        .ifPresent(
            kind -> report(constant, kind + " " + Secrets.redacted(constant.text()), context));
  }

  private static void named(String name, Expression value, Context context) {
    if (value instanceof Expression.Constant constant
        && constant.isString()
        && Secrets.known(constant.text()).isEmpty()) {
      Optional<Secrets.Strength> strength = Secrets.judge(name, constant.text());
      strength.ifPresent(
          s ->
              context.report(
                  Rule.SECRET,
                  Examples.contains(context.path()) ? Severity.LOW : s.severity(),
                  value.span(),
                  "“" + name + "” is given a fixed text: " + Secrets.redacted(constant.text())));
    }
  }

  private static void report(Node node, String what, Context context) {
    context.report(Rule.SECRET, node, what);
  }
}
