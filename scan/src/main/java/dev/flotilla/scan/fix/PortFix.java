package dev.flotilla.scan.fix;

import dev.flotilla.scan.python.Expression;
import dev.flotilla.scan.python.Parameter;
import dev.flotilla.scan.python.PythonSource;
import dev.flotilla.scan.python.Statement;
import dev.flotilla.scan.python.Walker;
import dev.flotilla.scan.read.Dotted;
import dev.flotilla.scan.rules.Finding;
import dev.flotilla.scan.rules.Rule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads hard-coded ports and addresses from the environment: the number that stood there stays as
 * the default, so that nothing changes until a variable is set.
 */
final class PortFix {
  private static final Pattern PORT = Pattern.compile("(://[^/:]*:)(\\d{4,5})(?!\\d)");
  private static final Pattern HOST =
      Pattern.compile(
          "(?<![\\d.])(?:10\\.\\d{1,3}|192\\.168|172\\.(?:1[6-9]|2\\d|3[01]))\\.\\d{1,3}\\.\\d{1,3}(?![\\d.]|/\\d)");
  private static final Pattern VARIABLE = Pattern.compile("\\{(os\\.environ\\.get\\([^{}]*\\))}");
  private static final Pattern LITERAL = Pattern.compile("(?s)([fF]?)(\"|')(.*)\\2");

  private final Workbench bench;
  private final String path;
  private final PortRegistry registry;
  private final String text;
  private final Place place;
  private final Map<Integer, List<Finding>> wanted = new HashMap<>();
  private final Set<Expression> never = new HashSet<>();
  private final Set<Finding> done = new HashSet<>();

  private PortFix(Workbench bench, String path, PortRegistry registry, String text) {
    this.bench = bench;
    this.path = path;
    this.registry = registry;
    this.text = text;
    this.place = new Place(text);
  }

  /** Plans one file's findings. */
  static void plan(String path, List<Finding> findings, PortRegistry registry, Workbench bench)
      throws IOException, InterruptedException {
    Optional<PythonSource> tree = bench.tree(path);
    if (tree.isEmpty()) {
      findings.forEach(f -> bench.leave(f, "the file does not parse or is not UTF-8"));
      return;
    }
    PortFix fix = new PortFix(bench, path, registry, bench.text(path).orElseThrow());
    findings.forEach(f -> fix.wanted.computeIfAbsent(f.line(), _ -> new ArrayList<>()).add(f));
    if (Binds.name(tree.get(), "os")) {
      findings.forEach(f -> bench.leave(f, "os means something else in this file"));
      return;
    }
    fix.new Literals().walk(tree.get().body());
    for (Finding finding : findings) {
      if (!fix.done.contains(finding)) {
        bench.leave(finding, "the address is not one plain string here");
      }
    }
  }

  private final class Literals extends Walker {
    @Override
    protected void visit(Statement statement) {
      switch (statement) {
        case Statement.ExpressionStatement e when e.value() instanceof Expression.Constant -> {}
        case Statement.Match _ -> {}
        case Statement.AnnotatedAssign a -> {
          visit(a.target());
          a.value().ifPresent(this::visit);
        }
        default -> super.visit(statement);
      }
    }

    @Override
    protected void visit(Expression expression) {
      switch (expression) {
        case Expression.Call call -> {
          String full = Dotted.of(call.function());
          if (full.endsWith("environ.get") || full.endsWith("getenv")) {
            never.addAll(call.arguments());
          }
          boolean socket =
              call.function() instanceof Expression.Attribute a && a.name().matches("bind|connect");
          if (socket && !call.arguments().isEmpty()) {
            Expression address = call.arguments().getFirst();
            Set<Finding> here = new LinkedHashSet<>(at(call.span().line()));
            here.addAll(at(address.span().line()));
            rewrite(address, here);
          }
          super.visit(expression);
        }
        case Expression.Constant constant -> {
          Set<Finding> here = new LinkedHashSet<>(at(constant.span().line()));
          here.removeIf(finding -> finding.rule() == Rule.HARD_PORT);
          rewrite(constant, here);
        }
        case Expression.FormattedString _ -> {}
        default -> super.visit(expression);
      }
    }
  }

  private List<Finding> at(int line) {
    return wanted.getOrDefault(line, List.of());
  }

  private void rewrite(Expression literal, Set<Finding> here) {
    boolean string =
        literal instanceof Expression.FormattedString
            || (literal instanceof Expression.Constant c && c.isString());
    if (here.isEmpty() || !string || !never.add(literal)) {
      return;
    }
    int start = place.offset(literal.span().line(), literal.span().column());
    int end = place.offset(literal.span().endLine(), literal.span().endColumn());
    Matcher source = LITERAL.matcher(text).region(start, end);
    if (!source.matches() || !plain(source)) {
      return;
    }
    boolean formatted = !source.group(1).isEmpty();
    String quote = source.group(2).equals("\"") ? "'" : "\"";
    String replaced = variables(source.group(3), quote, here);
    if (replaced.equals(source.group(3))) {
      return;
    }
    Matcher alone = VARIABLE.matcher(replaced);
    String result =
        !formatted && alone.matches()
            ? alone.group(1)
            : "f" + source.group(2) + replaced + source.group(2);
    Finding first = here.iterator().next();
    bench.replace(path, new Replacement(start, end, result, first.rule(), first.line()));
    bench.needsImport(path, "import os");
    done.addAll(here);
  }

  /** One literal between single quotes, in which braces mean what they will mean afterwards. */
  private static boolean plain(Matcher source) {
    String body = source.group(3);
    boolean formatted = !source.group(1).isEmpty();
    String other = source.group(2).equals("\"") ? "'" : "\"";
    return !body.contains(source.group(2))
        && !body.contains("\\")
        && !body.contains("\n")
        && (formatted ? !body.contains(other) : !body.contains("{") && !body.contains("}"));
  }

  private String variables(String body, String quote, Set<Finding> here) {
    boolean ports = here.stream().anyMatch(f -> f.rule() == Rule.HARD_PORT);
    boolean hosts = here.stream().anyMatch(f -> f.rule() == Rule.HARD_ADDRESS);
    String result = body;
    if (ports) {
      result =
          PORT.matcher(result)
              .replaceAll(
                  m -> {
                    String name = registry.port(Integer.parseInt(m.group(2)), path);
                    return Matcher.quoteReplacement(m.group(1) + variable(name, m.group(2), quote));
                  });
    }
    if (hosts) {
      result =
          HOST.matcher(result)
              .replaceAll(
                  m ->
                      Matcher.quoteReplacement(
                          variable(registry.host(m.group(), path), m.group(), quote)));
    }
    return result;
  }

  private static String variable(String name, String initial, String quote) {
    return "{os.environ.get(" + quote + name + quote + ", " + quote + initial + quote + ")}";
  }

  /** Whether a module binds a name to something other than the module of that name. */
  private static final class Binds extends Walker {
    private final String name;
    private boolean found;

    private Binds(String name) {
      this.name = name;
    }

    static boolean name(PythonSource tree, String name) {
      Binds binds = new Binds(name);
      binds.walk(tree.body());
      String module = Imports.modules(tree).getOrDefault(name, name);
      return binds.found || !module.equals(name);
    }

    @Override
    protected void visit(Statement statement) {
      switch (statement) {
        case Statement.Assign a -> a.targets().forEach(this::target);
        case Statement.For f -> target(f.target());
        case Statement.Function f -> {
          found |= f.name().equals(name);
          for (Parameter parameter : f.parameters()) {
            found |= parameter.name().equals(name);
          }
        }
        default -> {}
      }
      super.visit(statement);
    }

    private void target(Expression target) {
      found |= target instanceof Expression.Name n && n.id().equals(name);
    }
  }
}
