package dev.flotilla.scan.read;

import dev.flotilla.scan.facts.Hole;
import dev.flotilla.scan.python.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sums, {@code %} and {@code str.format} over texts that may have holes. */
final class Formatting {
  private static final Pattern FIELD = Pattern.compile("\\{(\\w*)[^}]*}");
  private static final Pattern PERCENT = Pattern.compile("%[-+0-9.]*[sdifr]");

  private final Evaluator evaluator;

  Formatting(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  String format(Expression template, Expression.Call call, String scope, int depth) {
    String text = evaluator.text(template, scope, depth);
    Matcher matcher = FIELD.matcher(text);
    StringBuilder result = new StringBuilder();
    int next = 0;
    while (matcher.find()) {
      String name = matcher.group(1);
      Optional<Expression> value = call.keyword(name);
      if (value.isEmpty()) {
        int index = name.isEmpty() ? next++ : name.matches("\\d") ? Integer.parseInt(name) : 99;
        value =
            index < call.arguments().size()
                ? Optional.of(call.arguments().get(index))
                : Optional.empty();
      }
      String replacement =
          value
              .map(v -> evaluator.text(v, scope, depth))
              .orElseGet(() -> new Hole("unknown", name).toString());
      matcher.appendReplacement(result, Matcher.quoteReplacement(replacement));
    }
    return matcher.appendTail(result).toString();
  }

  /** A chain of binary operators, from left to right. */
  String binary(Expression.Operation operation, List<String> texts, String scope, int depth) {
    String result = texts.getFirst();
    for (int i = 0; i < operation.operators().size(); i++) {
      String operator = operation.operators().get(i);
      String right = texts.get(i + 1);
      if (operator.equals("%")) {
        result = percent(result, operation.operands().get(i + 1), scope, depth);
      } else if (isNumber(result) && isNumber(right)) {
        result = number(result, operator, right);
      } else if (operator.equals("+") && !isNumber(right)) {
        result = result + right;
      } else if (operator.equals("+") || operator.equals("-")) {
        result = shifted(result, operator, right);
      } else {
        result = new Hole("unknown", "arithmetic").toString();
      }
    }
    return result;
  }

  /** A configured number plus a fixed one: the default is shifted, the name says so. */
  private static String shifted(String text, String operator, String right) {
    Optional<Hole> hole = Hole.only(text);
    if (hole.isPresent() && hole.get().detail().indexOf('=') > 0) {
      String detail = hole.get().detail();
      int equals = detail.indexOf('=');
      String initial = detail.substring(equals + 1);
      if (isNumber(initial)) {
        return new Hole(
                hole.get().kind(),
                detail.substring(0, equals)
                    + operator
                    + right
                    + "="
                    + number(initial, operator, right))
            .toString();
      }
    }
    if (hole.isPresent()) {
      return new Hole(hole.get().kind(), hole.get().detail() + operator + right).toString();
    }
    return new Hole("unknown", "arithmetic").toString();
  }

  private String percent(String template, Expression right, String scope, int depth) {
    List<String> values = new ArrayList<>();
    if (right instanceof Expression.Sequence tuple) {
      for (Expression element : tuple.elements()) {
        values.add(evaluator.text(element, scope, depth));
      }
    } else {
      values.add(evaluator.text(right, scope, depth));
    }
    Matcher matcher = PERCENT.matcher(template);
    StringBuilder result = new StringBuilder();
    int next = 0;
    while (matcher.find() && next < values.size()) {
      matcher.appendReplacement(result, Matcher.quoteReplacement(values.get(next++)));
    }
    return matcher.appendTail(result).toString();
  }

  private static boolean isNumber(String text) {
    return text.matches("-?\\d{1,9}");
  }

  private static String number(String left, String operator, String right) {
    int a = Integer.parseInt(left);
    int b = Integer.parseInt(right);
    return switch (operator) {
      case "+" -> Integer.toString(a + b);
      case "-" -> Integer.toString(a - b);
      case "*" -> Long.toString((long) a * b);
      default -> new Hole("unknown", "arithmetic").toString();
    };
  }
}
