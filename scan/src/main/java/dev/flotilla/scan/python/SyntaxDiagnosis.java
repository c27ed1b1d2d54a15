package dev.flotilla.scan.python;

import com.oracle.graal.python.pegparser.tokenizer.Token;
import com.oracle.graal.python.pegparser.tokenizer.Tokenizer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Optional;

/**
 * Says of a broken file what CPython 3.11 says. Its parser prefers an error of the tokenizer
 * anywhere in the file to its own, and a bracket that is never closed only when that stands before
 * the error; the parser we use differs in both and loses the line of indentation errors.
 */
final class SyntaxDiagnosis {
  private static final String DEDENT = "unindent does not match any outer indentation level";
  private static final String INDENT = "unexpected indent";

  private SyntaxDiagnosis() {}

  static SyntaxProblem refine(String text, Lexed lexed, SyntaxProblem problem) {
    String[] lines = text.split("\n", -1);
    Tokens tokens = tokenize(text);
    if (tokens.error().isPresent()) {
      int line = problem.message().equals(INDENT) ? unexpectedIndent(lines, lexed) : 0;
      SyntaxProblem error = tokens.error().get();
      boolean first = line > 0 && line <= error.line();
      return first ? new SyntaxProblem(line, 0, problem.type(), INDENT) : error;
    }
    if (problem.message().equals(DEDENT)) {
      int line = badDedent(lines, lexed);
      SyntaxProblem here = new SyntaxProblem(line, 0, "IndentationError", DEDENT);
      return line == 0 ? problem : firstProblemBefore(lines, lexed, line).orElse(here);
    }
    SyntaxProblem located = problem;
    if (problem.message().equals(INDENT)) {
      int line = unexpectedIndent(lines, lexed);
      located = line == 0 ? problem : new SyntaxProblem(line, 0, problem.type(), INDENT);
    }
    boolean unclosed = problem.message().endsWith("was never closed");
    if (tokens.openLine() > 0 && !unclosed && located.line() > tokens.openLine()) {
      return neverClosed(tokens);
    }
    return unclosed ? firstProblemBefore(lines, lexed, tokens.openLine()).orElse(problem) : located;
  }

  private static SyntaxProblem neverClosed(Tokens tokens) {
    return new SyntaxProblem(
        tokens.openLine(),
        tokens.openColumn() + 1,
        "SyntaxError",
        "'" + tokens.openBracket() + "' was never closed");
  }

  /** The problem of the file cut before a line: an error the parser meets first. */
  private static Optional<SyntaxProblem> firstProblemBefore(String[] lines, Lexed lexed, int line) {
    if (line <= 1) {
      return Optional.empty();
    }
    StringBuilder cut = new StringBuilder();
    for (int i = 0; i < line - 1; i++) {
      cut.append(lines[i]).append('\n');
    }
    String text = cut.toString();
    if (PegParser.parse(text) instanceof PegParser.Outcome.Broken(SyntaxProblem problem)
        && problem.line() < line - 1
        && !problem.message().endsWith("was never closed")) {
      if (problem.message().equals(INDENT)) {
        int at = unexpectedIndent(lines, lexed);
        return Optional.of(new SyntaxProblem(at, 0, problem.type(), INDENT));
      }
      return Optional.of(problem);
    }
    return Optional.empty();
  }

  private record Tokens(
      Optional<SyntaxProblem> error, int openLine, int openColumn, char openBracket) {}

  private static Tokens tokenize(String text) {
    Tokenizer tokenizer =
        Tokenizer.fromString(
            PegParser.callbacks(), text, EnumSet.of(Tokenizer.Flag.EXEC_INPUT), null);
    Token token = tokenizer.next();
    while (token.type != Token.Kind.ENDMARKER && token.type != Token.Kind.ERRORTOKEN) {
      token = tokenizer.next();
    }
    if (token.type == Token.Kind.ERRORTOKEN && token.extraData instanceof String message) {
      int column = Math.max(token.sourceRange.startColumn, 0) + 1;
      return new Tokens(
          Optional.of(
              new SyntaxProblem(token.sourceRange.startLine, column, "SyntaxError", message)),
          0,
          0,
          ' ');
    }
    boolean end =
        token.type == Token.Kind.ENDMARKER || tokenizer.getDone() == Tokenizer.StatusCode.EOF;
    if (!end) {
      return new Tokens(Optional.empty(), 0, 0, ' ');
    }
    int level = tokenizer.getParensNestingLevel();
    if (level == 0) {
      return new Tokens(Optional.empty(), 0, 0, ' ');
    }
    return new Tokens(
        Optional.empty(),
        tokenizer.getParensLineNumberStack()[level - 1],
        tokenizer.getParensColumnsStack()[level - 1],
        (char) tokenizer.getParensStack()[level - 1]);
  }

  private static int unexpectedIndent(String[] lines, Lexed lexed) {
    int previous = 0;
    boolean opens = false;
    for (int i = 0; i < lines.length; i++) {
      if (isCode(lines[i]) && !lexed.continues(i)) {
        int width = Recovery.width(lines[i]);
        if (width > previous && !opens) {
          return i + 1;
        }
        previous = width;
      }
      if (isCode(lines[i])) {
        opens = withoutComment(lines[i]).endsWith(":");
      }
    }
    return 0;
  }

  private static int badDedent(String[] lines, Lexed lexed) {
    Deque<Integer> levels = new ArrayDeque<>();
    levels.push(0);
    for (int i = 0; i < lines.length; i++) {
      if (!isCode(lines[i]) || lexed.continues(i)) {
        continue;
      }
      int width = Recovery.width(lines[i]);
      if (width > levels.element()) {
        levels.push(width);
      }
      while (width < levels.element()) {
        levels.pop();
      }
      if (width != levels.element()) {
        return i + 1;
      }
    }
    return 0;
  }

  private static boolean isCode(String line) {
    String stripped = line.strip();
    return !stripped.isEmpty() && stripped.charAt(0) != '#';
  }

  private static String withoutComment(String line) {
    int comment = line.indexOf('#');
    return (comment < 0 ? line : line.substring(0, comment)).strip();
  }
}
