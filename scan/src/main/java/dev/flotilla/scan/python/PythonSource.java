package dev.flotilla.scan.python;

import java.util.List;
import java.util.Optional;

/**
 * A Python file as read: always a tree, which is the whole of it only when there is no problem.
 *
 * @param body the statements; of a broken file those that could be read
 * @param problem why CPython rejects the file; absent when it accepts it
 * @param lexed comments and tokens
 * @param text the decoded text
 */
public record PythonSource(
    List<Statement> body, Optional<SyntaxProblem> problem, Lexed lexed, String text) {

  /**
   * Reads a file. Deep expressions need a thread with a big stack; without one they are reported as
   * a problem, never thrown. Safe for use by many threads.
   */
  public static PythonSource parse(byte[] bytes) {
    return switch (SourceDecoder.decode(bytes)) {
      case Decoded.Text(String text) -> parse(text);
      case Decoded.Unreadable(SyntaxProblem problem, String nearest) -> recovered(nearest, problem);
    };
  }

  /** Reads decoded text with {@code \n} as newline. */
  public static PythonSource parse(String text) {
    Lexed lexed = Lexer.lex(text);
    return switch (PegParser.parse(text)) {
      case PegParser.Outcome.Tree(List<Statement> body) ->
          lexed
              .formatProblem()
              .map(problem -> recovered(text, problem))
              .orElseGet(() -> new PythonSource(body, Optional.empty(), lexed, text));
      case PegParser.Outcome.Broken(SyntaxProblem problem) ->
          recovered(text, SyntaxDiagnosis.refine(text, lexed, problem));
    };
  }

  private static PythonSource recovered(String text, SyntaxProblem problem) {
    Lexed tolerant = Lexer.lexBroken(text);
    List<Statement> body = new Recovery(text, tolerant, problem.line()).statements();
    return new PythonSource(body, Optional.of(problem), tolerant, text);
  }
}
