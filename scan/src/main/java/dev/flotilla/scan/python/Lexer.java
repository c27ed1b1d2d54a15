package dev.flotilla.scan.python;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads text into {@link Lexed} in one pass over its characters. Not thread-safe; use once. */
final class Lexer {
  private static final int STRING = 1;
  private static final int NUMBER = 2;
  private static final String NEWER = " (Python 3.12 accepts it)";

  private static final Pattern DEFINITION =
      Pattern.compile("(?m)^([ \\t]*)(?:class|def|async def)\\s+\\w+.*:[ \\t]*$");

  private final String text;
  private final boolean broken;
  private final List<Lexed.Comment> comments = new ArrayList<>();
  private final boolean[] continuation;
  private final boolean[] inString;
  private int[] tokens = new int[1024];
  private int[] tokenLines = new int[1024];
  private int count;
  private int position;
  private int line = 1;
  private int lineStart;
  private int depth;
  private Optional<SyntaxProblem> formatProblem = Optional.empty();

  private Lexer(String text, boolean broken) {
    this.text = text;
    this.broken = broken;
    int lines = 1;
    for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
      lines++;
    }
    continuation = new boolean[lines];
    inString = new boolean[lines];
  }

  static Lexed lex(String text) {
    return new Lexer(text, false).run();
  }

  /**
   * Reads a file that does not parse: triple quotes around whole definitions are taken for a stray
   * quote, not for a string.
   */
  static Lexed lexBroken(String text) {
    return new Lexer(text, true).run();
  }

  private Lexed run() {
    int length = text.length();
    while (position < length) {
      char c = text.charAt(position);
      if (c == '\n') {
        newline(depth > 0, false);
      } else if (c == ' ' || c == '\t' || c == '\f') {
        position++;
      } else if (c == '#') {
        comment();
      } else if (c == '\\' && position + 1 < length && text.charAt(position + 1) == '\n') {
        position++;
        newline(true, false);
      } else if (c == '"' || c == '\'') {
        string(c, "");
      } else if (Character.isLetter(c) || c == '_' || c > 127) {
        word();
      } else if (c >= '0' && c <= '9') {
        number();
      } else {
        operator(c);
      }
    }
    return new Lexed(
        comments,
        continuation,
        inString,
        Arrays.copyOf(tokens, count),
        Arrays.copyOf(tokenLines, count),
        formatProblem);
  }

  private void newline(boolean continues, boolean string) {
    position++;
    continuation[line] = continues;
    inString[line] = string;
    line++;
    lineStart = position;
  }

  private void comment() {
    int end = text.indexOf('\n', position);
    if (end < 0) {
      end = text.length();
    }
    boolean alone = text.substring(lineStart, position).isBlank();
    comments.add(
        new Lexed.Comment(line, position - lineStart, text.substring(position, end), alone));
    position = end;
  }

  private void word() {
    int start = position;
    int hash = 7;
    while (position < text.length()) {
      char c = text.charAt(position);
      if (!Character.isLetterOrDigit(c) && c != '_' && c <= 127) {
        break;
      }
      hash = hash * 31 + c;
      position++;
    }
    boolean prefix = position - start <= 2 && position < text.length();
    if (prefix) {
      char next = text.charAt(position);
      boolean quote = next == '"' || next == '\'';
      String letters = text.substring(start, position);
      if (quote && letters.chars().allMatch(c -> "rRbBfFuU".indexOf(c) >= 0)) {
        string(next, letters);
        return;
      }
    }
    token(hash);
  }

  private void number() {
    while (position < text.length()) {
      char c = text.charAt(position);
      if (!Character.isLetterOrDigit(c) && c != '_' && c != '.') {
        break;
      }
      position++;
    }
    token(NUMBER);
  }

  private void operator(char c) {
    if (c == '(' || c == '[' || c == '{') {
      depth++;
    } else if ((c == ')' || c == ']' || c == '}') && depth > 0) {
      depth--;
    }
    position++;
    token(1000 + c);
  }

  private void string(char quote, String prefix) {
    token(STRING);
    int column = position - lineStart - prefix.length() + 1;
    String triple = String.valueOf(quote).repeat(3);
    if (text.startsWith(triple, position)) {
      int end = endOfTriple(triple, position + 3);
      if (end < 0 || (broken && isStray(end))) {
        skipToLineEnd();
        return;
      }
      format(prefix, position + 3, end - 3, column);
      while (position < end) {
        if (text.charAt(position) == '\n') {
          newline(true, true);
        } else {
          position++;
        }
      }
      return;
    }
    int start = ++position;
    int first = line;
    while (position < text.length()) {
      char c = text.charAt(position);
      if (c == '\n') {
        unterminated(prefix, column);
        return;
      }
      if (c == '\\' && position + 1 < text.length()) {
        position++;
        if (text.charAt(position) == '\n') {
          newline(true, true);
          continue;
        }
      } else if (c == quote) {
        int last = line;
        line = first;
        format(prefix, start, position, column);
        line = last;
        position++;
        return;
      }
      position++;
    }
  }

  /** What 3.11 has against the f-string on this line. */
  private void format(String prefix, int start, int end, int column) {
    if (formatProblem.isEmpty() && FormatString.isFormat(prefix)) {
      boolean raw = prefix.indexOf('r') >= 0 || prefix.indexOf('R') >= 0;
      formatProblem =
          FormatString.problem(text, start, end, raw)
              .map(why -> new SyntaxProblem(line, column, "SyntaxError", why + NEWER));
    }
  }

  private void unterminated(String prefix, int column) {
    if (formatProblem.isEmpty() && FormatString.isFormat(prefix)) {
      String why = "unterminated string literal (detected at line " + line + ")" + NEWER;
      formatProblem = Optional.of(new SyntaxProblem(line, column, "SyntaxError", why));
    }
  }

  private boolean isStray(int end) {
    int first = lineStart;
    while (first < position && Character.isWhitespace(text.charAt(first))) {
      first++;
    }
    int indent = first - lineStart;
    Matcher matcher = DEFINITION.matcher(text).region(position, end);
    while (matcher.find()) {
      if (matcher.group(1).length() < indent || (indent == 0 && matcher.group(1).isEmpty())) {
        return true;
      }
    }
    return false;
  }

  private int endOfTriple(String triple, int from) {
    int at = from;
    while (at < text.length()) {
      int end = text.indexOf(triple, at);
      int backslash = text.indexOf('\\', at);
      if (end < 0 || backslash < 0 || backslash > end) {
        return end < 0 ? -1 : end + 3;
      }
      at = backslash + 2;
    }
    return -1;
  }

  private void skipToLineEnd() {
    int end = text.indexOf('\n', position);
    position = end < 0 ? text.length() : end;
  }

  private void token(int value) {
    if (count == tokens.length) {
      tokens = Arrays.copyOf(tokens, count * 2);
      tokenLines = Arrays.copyOf(tokenLines, count * 2);
    }
    tokens[count] = value;
    tokenLines[count++] = line;
  }
}
