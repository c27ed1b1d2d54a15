package dev.flotilla.scan.read;

import dev.flotilla.scan.facts.Fact;
import dev.flotilla.scan.facts.FileFacts;
import dev.flotilla.scan.facts.FileFacts.Language;
import dev.flotilla.scan.facts.FileFacts.State;
import dev.flotilla.scan.python.Expression;
import dev.flotilla.scan.python.Handler;
import dev.flotilla.scan.python.PythonSource;
import dev.flotilla.scan.python.Statement;
import dev.flotilla.scan.python.SyntaxProblem;
import dev.flotilla.scan.python.Walker;
import dev.flotilla.scan.rules.Confidence;
import dev.flotilla.scan.rules.Finding;
import dev.flotilla.scan.rules.Rule;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A Python file to its facts and findings, in one walk over its tree. */
public final class PythonReader extends Walker {
  private static final Pattern PYTHON2 =
      Pattern.compile(
          "(?m)^\\s*(?:print\\s+[\"'\\w]|except\\s+\\w+\\s*,\\s*\\w+\\s*:|exec\\s+[\"'])");
  private final Context context;
  private final ImportReader imports;
  private int prints;
  private Optional<Expression> firstPrint = Optional.empty();

  private PythonReader(Context context) {
    this.context = context;
    imports = new ImportReader(context);
  }

  /** The facts of a Python file. Pure; needs a thread with a big stack for deep expressions. */
  public static FileFacts read(String path, byte[] bytes) {
    PythonSource source = PythonSource.parse(bytes);
    return of(path, source, Language.PYTHON);
  }

  static FileFacts of(String path, PythonSource source, Language language) {
    Confidence confidence = source.problem().isPresent() ? Confidence.RECOVERED : Confidence.PARSED;
    Context context = new Context(path, confidence, Bindings.of(source.body()));
    source.problem().ifPresent(problem -> syntax(problem, source.text(), path, context));
    PythonReader reader = new PythonReader(context);
    reader.walk(source.body());
    reader.conclude();
    reader.forgetScripts(source.body());
    Comments.check(source.lexed(), context);
    return new FileFacts(
        path,
        language,
        source.lexed().lines(),
        source.problem().isPresent() ? State.RECOVERED : State.PARSED,
        List.copyOf(context.findings()),
        List.copyOf(context.facts()),
        Copies.prints(source.lexed()));
  }

  /** What only the whole file shows. */
  private void conclude() {
    firstPrint.ifPresent(
        first ->
            context.report(
                Rule.PRINT_LOG, first, prints + " calls of print in methods; use logging"));
    Bindings names = context.bindings();
    boolean session = names.imported("session").filter(s -> s.equals("flask.session")).isPresent();
    boolean changes =
        context.facts().stream()
            .anyMatch(f -> f.kind() == Fact.Kind.TRAIT && f.value(0).equals("route"));
    if (session && changes && names.imported("CSRFProtect").isEmpty()) {
      context
          .findings()
          .add(
              Finding.of(
                  Rule.NO_CSRF,
                  Confidence.PARSED,
                  context.path(),
                  0,
                  "routes that change things trust the session cookie without a CSRF token"));
    }
  }

  /** What a script does once is done for no request. */
  private void forgetScripts(List<Statement> body) {
    Predicate<Finding> perRequest = finding -> finding.rule() == Rule.LOAD_PER_REQUEST;
    if (context.findings().stream().anyMatch(perRequest)) {
      Set<String> once = RunOnce.of(body);
      context.findings().removeIf(perRequest.and(finding -> once.contains(finding.symbol())));
    }
  }

  private static void syntax(SyntaxProblem problem, String text, String path, Context context) {
    boolean old =
        problem.message().startsWith("Missing parentheses in call to")
            || (problem.message().startsWith("multiple exception types")
                && PYTHON2.matcher(text).find());
    String message = problem.type() + ": " + problem.message() + (old ? " (this is Python 2)" : "");
    context
        .findings()
        .add(
            new Finding(
                Rule.SYNTAX_ERROR,
                Rule.SYNTAX_ERROR.severity(),
                Confidence.PARSED,
                path,
                problem.line(),
                problem.column(),
                "",
                message));
  }

  @Override
  protected void visit(Statement statement) {
    switch (statement) {
      case Statement.Function function -> {
        boolean topLevel = context.scope().isEmpty();
        context.enter(function, function.name());
        DefinitionChecks.function(function, topLevel, context);
        super.visit(function);
        context.leave();
      }
      case Statement.ClassDefinition definition -> {
        context.enter(definition, definition.name());
        DefinitionChecks.type(definition, context);
        super.visit(definition);
        context.leave();
      }
      case Statement.Import names -> imports.names(names);
      case Statement.ImportFrom names -> imports.from(names);
      case Statement.Try tried -> {
        imports.trying(tried, () -> visitBody(tried.body()));
        tried.handlers().forEach(this::visit);
        visitBody(tried.orElse());
        visitBody(tried.finalBody());
      }
      case Statement.Assign assign -> {
        assign.targets().forEach(t -> SecretChecks.assigned(t, assign.value(), context));
        constant(assign);
        super.visit(assign);
      }
      case Statement.AnnotatedAssign assign -> {
        assign.value().ifPresent(v -> SecretChecks.assigned(assign.target(), v, context));
        super.visit(assign);
      }
      case Statement.Declaration declaration -> globals(declaration);
      case Statement.If choice -> conditional(choice);
      case Statement.For loop -> {
        pairwise(loop);
        visit(loop.target());
        visit(loop.iterable());
        context.open(loop);
        visitBody(loop.body());
        visitBody(loop.orElse());
        context.close();
      }
      case Statement.While loop -> block(loop);
      case Statement.ExpressionStatement line -> {
        if (!(line.value() instanceof Expression.Constant)) {
          super.visit(line);
        }
      }
      default -> super.visit(statement);
    }
  }

  private void block(Statement statement) {
    context.open(statement);
    super.visit(statement);
    context.close();
  }

  private void conditional(Statement.If choice) {
    boolean typing = Dotted.last(Dotted.of(choice.test())).equals("TYPE_CHECKING");
    boolean main =
        choice.test() instanceof Expression.Operation o
            && o.form() == Expression.Operation.Form.COMPARISON
            && o.operands().getFirst() instanceof Expression.Name n
            && n.id().equals("__name__");
    if (main) {
      context.trait("main", choice);
    }
    imports.choosing(typing, () -> block(choice));
  }

  private void constant(Statement.Assign assign) {
    if (context.scope().isEmpty()
        && assign.targets().size() == 1
        && assign.targets().getFirst() instanceof Expression.Name name
        && (assign.value() instanceof Expression.Constant
            || assign.value() instanceof Expression.Call
            || assign.value() instanceof Expression.FormattedString
            || assign.value() instanceof Expression.Operation
            || assign.value() instanceof Expression.Subscript)) {
      String text = context.text(assign.value());
      if (text.length() <= 200 && !text.startsWith("«call") && !text.startsWith("«unknown")) {
        context.fact(Fact.Kind.CONSTANT, assign, name.id(), text);
      }
    }
  }

  private void globals(Statement.Declaration declaration) {
    if (!declaration.global()) {
      return;
    }
    for (String name : declaration.names()) {
      List<Bindings.Bound> bound = context.bindings().values("", name);
      boolean starts =
          !bound.isEmpty()
              && bound.getFirst().value() instanceof Expression.Constant c
              && c.kind() == Expression.Constant.Kind.NONE;
      if (starts) {
        context.report(
            Rule.GLOBAL_STATE, declaration, "global " + name + " is a singleton by global");
      }
    }
  }

  private void pairwise(Statement.For outer) {
    Optional<String> iterated = iterated(outer.iterable());
    for (Statement statement : outer.body()) {
      if (statement instanceof Statement.For inner
          && iterated.isPresent()
          && iterated.equals(iterated(inner.iterable()))) {
        context.report(
            Rule.PAIRWISE,
            outer,
            "compares every element of " + iterated.get() + " with every other");
      }
    }
  }

  private static Optional<String> iterated(Expression expression) {
    Expression inner = expression;
    while (inner instanceof Expression.Call call
        && call.function() instanceof Expression.Name name
        && name.id().matches("range|len|enumerate|list")
        && !call.arguments().isEmpty()) {
      inner = call.arguments().getLast();
    }
    String dotted = Dotted.of(inner);
    return dotted.isEmpty() ? Optional.empty() : Optional.of(dotted);
  }

  @Override
  protected void visit(Handler handler) {
    ExceptChecks.check(handler, context);
    super.visit(handler);
  }

  @Override
  protected void visit(Expression expression) {
    switch (expression) {
      case Expression.Call call -> {
        CallChecks.check(call, context);
        Endpoints.check(call, context);
        SecretChecks.call(call, context);
        FixedAddresses.call(call, context);
        imports.call(call);
        if (call.function() instanceof Expression.Name name
            && name.id().equals("print")
            && context.inClass()) {
          prints++;
          firstPrint = firstPrint.or(() -> Optional.of(call));
        }
      }
      case Expression.Dictionary dictionary -> SecretChecks.dictionary(dictionary, context);
      case Expression.Constant constant -> {
        if (constant.isString()) {
          text(constant);
        }
      }
      case Expression.Attribute attribute -> {
        if (attribute.name().startsWith("curve_")) {
          context.trait("curve", attribute);
        }
      }
      case Expression.Subscript subscript -> {
        if (context.qualified(subscript.value()).equals("os.environ")
            && subscript.index() instanceof Expression.Constant key) {
          context.fact(Fact.Kind.ENVIRONMENT, subscript, key.text(), "");
        }
      }
      default -> {}
    }
    super.visit(expression);
  }

  private void text(Expression.Constant constant) {
    String text = constant.text();
    if (text.length() > 4000) {
      return;
    }
    SecretChecks.constant(constant, context);
    FixedAddresses.constant(constant, context);
    if (text.endsWith(".py") && text.length() < 300 && text.indexOf(' ') < 0) {
      context.fact(Fact.Kind.SCRIPT_REFERENCE, constant, text);
    }
    if (text.equals("cuda") || text.startsWith("cuda:") || text.equals("CUDAExecutionProvider")) {
      context.fact(Fact.Kind.GPU, constant, text);
    }
    if (text.equals("health_check") || text.equals("/health") || text.equals("ping")) {
      context.fact(Fact.Kind.HEALTH, constant, text);
    }
  }
}
