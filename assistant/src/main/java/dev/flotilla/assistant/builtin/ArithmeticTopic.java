package dev.flotilla.assistant.builtin;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sums with + - * / and brackets. */
final class ArithmeticTopic implements Topic {
  private static final Pattern ASKED =
      Pattern.compile("^(?:what is |how much is |calculate |compute )?([\\d.+*/^() -]+)$");

  /** A date or a telephone number is no sum. */
  private static final Pattern NUMBERED = Pattern.compile("\\d+(-\\d+){2,}");

  private static final Pattern SHARE =
      Pattern.compile(
          "^(?:what is |how much is )?(\\d{1,9}(?:\\.\\d{1,9})?) ?(?:%|percent) of"
              + " (\\d{1,15}(?:\\.\\d{1,9})?)$");

  @Override
  public String name() {
    return "arithmetic";
  }

  @Override
  public String example() {
    return "What is 12 * (3 + 4)?";
  }

  @Override
  public Optional<String> answer(Question question, Facts facts) {
    Matcher share = SHARE.matcher(question.plain());
    if (share.matches()) {
      return Optional.of(
          Words.number(
              Double.parseDouble(share.group(1)) * Double.parseDouble(share.group(2)) / 100));
    }
    Matcher m = ASKED.matcher(symbols(question.plain()));
    if (!m.matches()
        || NUMBERED.matcher(m.group(1)).matches()
        || !m.group(1).matches(".*\\d.*[-+*/^].*\\d.*")
        || m.group(1).length() > 200) {
      return Optional.empty();
    }
    Sum sum = new Sum(m.group(1).replace(" ", ""));
    Optional<Double> value = sum.whole();
    return value.map(v -> told(v, m.group(1)));
  }

  private static String told(double value, String sum) {
    if (!Double.isNaN(value) && !Double.isInfinite(value)) {
      return Words.number(value);
    }
    return sum.contains("/") ? "That divides by zero." : "That is more than I can count to.";
  }

  private static String symbols(String asked) {
    return asked
        .replaceAll("(?<=\\d|\\)) ?(times|multiplied by|x) ?(?=\\d|\\()", " * ")
        .replaceAll("(?<=\\d|\\)) (divided by|over) (?=\\d|\\()", " / ")
        .replaceAll("(?<=\\d|\\)) plus (?=\\d|\\()", " + ")
        .replaceAll("(?<=\\d|\\)) minus (?=\\d|\\()", " - ")
        .replaceAll("(?<=\\d|\\)) to the power of (?=\\d|\\()", " ^ ");
  }

  /** Recursive descent over one line; empty when it is not a sum. */
  private static final class Sum {
    private final String text;
    private int at;
    private boolean wrong;

    Sum(String text) {
      this.text = text;
    }

    Optional<Double> whole() {
      double value = terms();
      return wrong || at < text.length() ? Optional.empty() : Optional.of(value);
    }

    private double terms() {
      double value = factors();
      while (!wrong && (next('+') || next('-'))) {
        boolean plus = text.charAt(at++) == '+';
        double right = factors();
        value = plus ? value + right : value - right;
      }
      return value;
    }

    private double factors() {
      double value = powers();
      while (!wrong && (next('*') || next('/'))) {
        boolean times = text.charAt(at++) == '*';
        double right = powers();
        value = times ? value * right : value / right;
      }
      return value;
    }

    private double powers() {
      double base = atom();
      if (wrong || !next('^')) {
        return base;
      }
      at++;
      return Math.pow(base, powers());
    }

    private double atom() {
      if (next('-')) {
        at++;
        return -atom();
      }
      if (next('(')) {
        at++;
        double value = terms();
        wrong |= !next(')');
        at++;
        return value;
      }
      int start = at;
      while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
        at++;
      }
      try {
        return Double.parseDouble(text.substring(start, at));
      } catch (NumberFormatException notANumber) {
        wrong = true;
        return 0;
      }
    }

    private boolean next(char c) {
      return at < text.length() && text.charAt(at) == c;
    }
  }
}
