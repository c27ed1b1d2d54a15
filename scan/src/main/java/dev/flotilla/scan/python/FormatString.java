package dev.flotilla.scan.python;

import java.util.Optional;

/**
 * An f-string as CPython 3.11 reads it: an ordinary string first, whose braces are looked at then.
 * The grammar of 3.12, which the parser has, accepts more. Not thread-safe; use once.
 */
final class FormatString {
  private static final int DEEPEST = 2;

  private final String text;
  private final int end;
  private final boolean raw;
  private int at;

  /** Whether the last expression is a tuple. */
  private boolean several;

  private FormatString(String text, int start, int end, boolean raw) {
    this.text = text;
    this.at = start;
    this.end = end;
    this.raw = raw;
  }

  /** Why 3.11 rejects what stands between the quotes; empty when it does not. */
  static Optional<String> problem(String text, int start, int end, boolean raw) {
    return new FormatString(text, start, end, raw).parts(0);
  }

  /** Text and fields, up to the end; those of a format up to its closing brace. */
  private Optional<String> parts(int level) {
    while (at < end) {
      char c = text.charAt(at++);
      if (c == '\\' && !raw) {
        escape();
      } else if (c == '{' && level == 0 && next() == '{') {
        at++;
      } else if (c == '{') {
        Optional<String> problem =
            level >= DEEPEST
                ? Optional.of("f-string: expressions nested too deeply")
                : field(level);
        if (problem.isPresent()) {
          return problem;
        }
      } else if (c == '}' && level > 0) {
        return Optional.empty();
      } else if (c == '}' && next() == '}') {
        at++;
      } else if (c == '}') {
        return Optional.of("f-string: single '}' is not allowed");
      }
    }
    return level > 0 ? Optional.of("f-string: expecting '}'") : Optional.empty();
  }

  private void escape() {
    if (text.startsWith("N{", at)) {
      int close = text.indexOf('}', at);
      at = close < 0 ? end : close + 1;
    } else if (next() != '{' && next() != '}') {
      at++;
    }
  }

  private Optional<String> field(int level) {
    int start = at;
    Optional<String> problem = expression();
    if (problem.isPresent()) {
      return problem;
    }
    if (text.substring(start, at).stripLeading().startsWith("*") && !several) {
      return Optional.of("f-string: cannot use starred expression here");
    }
    if (next() == '=') {
      at++;
      while (Character.isWhitespace(next())) {
        at++;
      }
    }
    if (next() == '!') {
      at += 2;
    }
    if (next() == ':') {
      at++;
      return parts(level + 1);
    }
    return next() == '}' && at++ < end ? Optional.empty() : Optional.of("f-string: expecting '}'");
  }

  /** Up to what ends it, outside of brackets and strings. */
  private Optional<String> expression() {
    int depth = 0;
    int word = at;
    several = false;
    for (; at < end; at++) {
      char c = text.charAt(at);
      if (c == '\\') {
        return Optional.of("f-string expression part cannot include a backslash");
      } else if (c == '\'' || c == '"') {
        Optional<String> problem = string(c, text.substring(word, at));
        if (problem.isPresent()) {
          return problem;
        }
      } else if (c == '#') {
        return Optional.of("f-string expression part cannot include '#'");
      } else if (c == '(' || c == '[' || c == '{') {
        depth++;
      } else if (depth == 0 && "!=<>".indexOf(c) >= 0 && text.startsWith("=", at + 1)) {
        at++;
      } else if (depth == 0 && "!:}=".indexOf(c) >= 0) {
        return Optional.empty();
      } else if (c == ')' || c == ']' || c == '}') {
        depth--;
      } else if (c == ',' && depth == 0) {
        several = true;
      }
      if (!Character.isLetter(c)) {
        word = at + 1;
      }
    }
    return Optional.of("f-string: expecting '}'");
  }

  /** A string inside of an expression, which may be an f-string itself; ends on its last quote. */
  private Optional<String> string(char quote, String prefix) {
    String triple = String.valueOf(quote).repeat(3);
    String closing = text.startsWith(triple, at) ? triple : String.valueOf(quote);
    int start = at + closing.length();
    int close = text.indexOf(closing, start);
    if (close < 0 || close + closing.length() > end) {
      return Optional.of("f-string: unterminated string");
    }
    int backslash = text.indexOf('\\', start);
    if (backslash >= 0 && backslash < close) {
      return Optional.of("f-string expression part cannot include a backslash");
    }
    at = close + closing.length() - 1;
    return isFormat(prefix) ? problem(text, start, close, true) : Optional.empty();
  }

  /** Whether a string with these letters before it is an f-string. */
  static boolean isFormat(String prefix) {
    return prefix.indexOf('f') >= 0 || prefix.indexOf('F') >= 0;
  }

  private char next() {
    return at < end ? text.charAt(at) : '\0';
  }
}
