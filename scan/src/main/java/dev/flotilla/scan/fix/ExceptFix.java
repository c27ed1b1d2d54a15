package dev.flotilla.scan.fix;

import dev.flotilla.scan.python.Expression;
import dev.flotilla.scan.python.Handler;
import dev.flotilla.scan.python.PythonSource;
import dev.flotilla.scan.python.Statement;
import dev.flotilla.scan.python.Walker;
import dev.flotilla.scan.rules.Finding;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Puts {@code SafeExecutor} of the SDK in the place of a broad except: errors that the code is
 * known to raise are recovered from as before, all others are logged and raised again. Only the
 * words {@code try} and {@code except …} change; the statements below them stay as they are.
 */
final class ExceptFix {
  private static final String IMPORT = "from flotilla import SafeExecutor";
  private static final Pattern HEADER = Pattern.compile("except\\b(?!\\s*\\*)[^:\\n]*");

  private final Workbench bench;
  private final String path;
  private final PythonSource tree;
  private final String text;
  private final Place place;
  private final Map<String, String> modules;
  private final Map<Integer, Finding> wanted = new HashMap<>();
  private final Deque<String> symbols = new ArrayDeque<>();
  private final String word;
  private int steps;

  private ExceptFix(Workbench bench, String path, PythonSource tree, String text) {
    this.bench = bench;
    this.path = path;
    this.tree = tree;
    this.text = text;
    this.place = new Place(text);
    this.modules = Imports.modules(tree);
    this.word =
        Stream.of("step", "attempt", "guarded")
            .filter(w -> !text.contains(w))
            .findFirst()
            .orElse("flotilla_step");
  }

  /** Plans one file's findings. */
  static void plan(String path, List<Finding> findings, Workbench bench)
      throws IOException, InterruptedException {
    Optional<PythonSource> tree = bench.tree(path);
    if (tree.isEmpty()) {
      findings.forEach(f -> bench.leave(f, "the file does not parse or is not UTF-8"));
      return;
    }
    ExceptFix fix = new ExceptFix(bench, path, tree.get(), bench.text(path).orElseThrow());
    findings.forEach(f -> fix.wanted.putIfAbsent(f.line(), f));
    fix.new Tries().walk(fix.tree.body());
  }

  private final class Tries extends Walker {
    @Override
    protected void visit(Statement statement) {
      String symbol =
          switch (statement) {
            case Statement.Function f -> f.name();
            case Statement.ClassDefinition c -> c.name();
            default -> "";
          };
      if (!symbol.isEmpty()) {
        symbols.addLast(symbol);
      }
      if (statement instanceof Statement.Try t) {
        for (Handler handler : t.handlers()) {
          Finding finding = wanted.get(handler.span().line());
          if (finding != null) {
            narrow(t, handler, finding);
          }
        }
      }
      super.visit(statement);
      if (!symbol.isEmpty()) {
        symbols.removeLast();
      }
    }
  }

  private void narrow(Statement.Try whole, Handler handler, Finding finding) {
    Optional<String> obstacle = obstacle(whole, handler);
    Set<String> errors = Raised.by(whole.body(), modules);
    if (obstacle.isPresent()) {
      bench.leave(finding, obstacle.get());
      return;
    }
    if (errors.isEmpty()) {
      bench.leave(finding, "which errors its code raises is not known; name them by hand");
      return;
    }
    int except = place.offset(handler.span().line(), handler.span().column());
    Matcher header = HEADER.matcher(text).region(except, text.length());
    int start = place.offset(whole.span().line(), whole.span().column());
    if (!header.lookingAt() || !text.startsWith("try", start)) {
      bench.leave(finding, "it is written too unusually");
      return;
    }
    steps++;
    String step = steps == 1 ? word : word + steps;
    String what = symbols.isEmpty() ? "at start" : String.join(".", symbols);
    String kinds = String.join(", ", errors) + (errors.size() == 1 ? "," : "");
    String with = "with SafeExecutor(\"" + what + "\", recoverable=(" + kinds + ")) as " + step;
    replace(start, start + 3, with, finding);
    replace(except, header.end(), "if " + step + ".error is not None", finding);
    if (!handler.name().isEmpty() && Names.used(handler.body(), handler.name())) {
      int line = handler.body().getFirst().span().line();
      String bound = place.indent(line) + handler.name() + " = " + step + ".error";
      replace(place.start(line), place.start(line), bound + place.newline(), finding);
    }
    bench.needsImport(path, IMPORT);
  }

  private void replace(int start, int end, String with, Finding finding) {
    bench.replace(path, new Replacement(start, end, with, finding.rule(), finding.line()));
  }

  private static Optional<String> obstacle(Statement.Try whole, Handler handler) {
    if (whole.handlers().size() > 1) {
      return Optional.of("the try has other handlers");
    }
    if (!whole.orElse().isEmpty() || !whole.finalBody().isEmpty()) {
      return Optional.of("the try has an else or finally");
    }
    Statement first = handler.body().getFirst();
    boolean decorated =
        (first instanceof Statement.Function f && !f.decorators().isEmpty())
            || (first instanceof Statement.ClassDefinition c && !c.decorators().isEmpty());
    if (first.span().line() == handler.span().line() || decorated) {
      return Optional.of("its body stands on the line of the except");
    }
    if (Names.needsActiveError(handler.body())) {
      return Optional.of("its body raises again or reads the current traceback");
    }
    return Optional.empty();
  }

  /** What the names in a handler's body say. */
  private static final class Names extends Walker {
    private final String wanted;
    private boolean found;
    private boolean active;

    private Names(String wanted) {
      this.wanted = wanted;
    }

    static boolean used(List<Statement> body, String name) {
      Names names = new Names(name);
      names.walk(body);
      return names.found;
    }

    static boolean needsActiveError(List<Statement> body) {
      Names names = new Names("");
      names.walk(body);
      return names.active;
    }

    @Override
    protected void visit(Statement statement) {
      active |= statement instanceof Statement.Raise raise && raise.exception().isEmpty();
      super.visit(statement);
    }

    @Override
    protected void visit(Expression expression) {
      switch (expression) {
        case Expression.Name name -> {
          found |= name.id().equals(wanted);
          active |= name.id().equals("traceback") || name.id().equals("format_exc");
        }
        case Expression.Attribute attribute ->
            active |= attribute.name().equals("exc_info") || attribute.name().equals("exception");
        case Expression.Call call -> active |= call.keyword("exc_info").isPresent();
        default -> {}
      }
      super.visit(expression);
    }
  }
}
