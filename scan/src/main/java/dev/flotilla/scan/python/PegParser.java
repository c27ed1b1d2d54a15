package dev.flotilla.scan.python;

import com.oracle.graal.python.pegparser.AbstractParser;
import com.oracle.graal.python.pegparser.FirstPass;
import com.oracle.graal.python.pegparser.InputType;
import com.oracle.graal.python.pegparser.Parser;
import com.oracle.graal.python.pegparser.ParserCallbacks;
import com.oracle.graal.python.pegparser.sst.ModTy;
import com.oracle.graal.python.pegparser.tokenizer.SourceRange;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** GraalPy's parser behind one function. Stateless; safe for use by many threads. */
final class PegParser {
  /** Python 3.11: newer statements are rejected as CPython 3.11 does. */
  private static final int FEATURE_VERSION = 11;

  private PegParser() {}

  /** Turns every error of the parser or tokenizer into a {@link Stop}. */
  static ParserCallbacks callbacks() {
    return Callbacks.INSTANCE;
  }

  /** The statements, or the problem. */
  sealed interface Outcome {
    /** It parses. */
    record Tree(List<Statement> body) implements Outcome {}

    /** It does not. */
    record Broken(SyntaxProblem problem) implements Outcome {}
  }

  /** Parses decoded text. */
  static Outcome parse(String text) {
    try {
      if (parser(text).parse() instanceof ModTy.Module module) {
        return new Outcome.Tree(new StatementConverter(0).all(module.body));
      }
      throw new IllegalStateException("the parser gave no module");
    } catch (Stop stop) {
      return new Outcome.Broken(stop.problem());
    } catch (StackOverflowError e) {
      return new Outcome.Broken(
          new SyntaxProblem(0, 0, "SyntaxError", "too many nested expressions or blocks"));
    }
  }

  /**
   * Parses a piece of a file of which it does not matter why it is broken; every line of the tree
   * is shifted by {@code lineOffset}.
   */
  static Optional<List<Statement>> piece(String text, int lineOffset) {
    try {
      return FirstPass.run(parser(text)) instanceof ModTy.Module module
          ? Optional.of(new StatementConverter(lineOffset).all(module.body))
          : Optional.empty();
    } catch (Stop | StackOverflowError e) {
      return Optional.empty();
    }
  }

  private static Parser parser(String text) {
    return new Parser(
        text,
        Callbacks.INSTANCE,
        InputType.FILE,
        EnumSet.noneOf(AbstractParser.Flags.class),
        FEATURE_VERSION);
  }

  static final class Stop extends RuntimeException {
    private final transient SyntaxProblem problem;

    Stop(SyntaxProblem problem) {
      super(problem.message(), null, false, false);
      this.problem = problem;
    }

    SyntaxProblem problem() {
      return problem;
    }
  }

  private enum Callbacks implements ParserCallbacks {
    INSTANCE;

    @Override
    public void safePointPoll() {}

    @Override
    public RuntimeException reportIncompleteSource(int line) {
      return new Stop(new SyntaxProblem(line, 0, "SyntaxError", "unexpected EOF while parsing"));
    }

    @Override
    public RuntimeException onError(ErrorType type, SourceRange range, String message) {
      String name =
          switch (type) {
            case Indentation -> "IndentationError";
            case Tab -> "TabError";
            case Value -> "ValueError";
            case Generic, Encoding, Syntax, System -> "SyntaxError";
          };
      int line = Math.max(range.startLine, 0);
      return new Stop(new SyntaxProblem(line, range.startColumn + 1, name, message));
    }

    @Override
    public void onWarning(WarningType type, SourceRange range, String message) {}
  }
}
