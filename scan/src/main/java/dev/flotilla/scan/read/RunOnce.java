package dev.flotilla.scan.read;

import dev.flotilla.scan.python.Expression;
import dev.flotilla.scan.python.Statement;
import dev.flotilla.scan.python.Walker;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The functions that a script runs once: called from its own top level outside of loops, and named
 * nowhere else in the file. Whatever their names say, they answer no requests.
 */
final class RunOnce extends Walker {
  private final Set<String> once = new HashSet<>();
  private final Set<String> elsewhere = new HashSet<>();
  private int inside;

  private RunOnce() {}

  static Set<String> of(List<Statement> body) {
    RunOnce walker = new RunOnce();
    walker.walk(body);
    walker.once.removeAll(walker.elsewhere);
    return walker.once;
  }

  @Override
  protected void visit(Statement statement) {
    if (statement instanceof Statement.Function function && !function.decorators().isEmpty()) {
      elsewhere.add(function.name());
    }
    boolean repeats =
        statement instanceof Statement.Function
            || statement instanceof Statement.ClassDefinition
            || statement instanceof Statement.For
            || statement instanceof Statement.While;
    inside += repeats ? 1 : 0;
    super.visit(statement);
    inside -= repeats ? 1 : 0;
  }

  @Override
  protected void visit(Expression expression) {
    if (expression instanceof Expression.Call call
        && call.function() instanceof Expression.Name name
        && inside == 0) {
      once.add(name.id());
      call.arguments().forEach(this::visit);
      call.keywords().forEach(keyword -> visit(keyword.value()));
      return;
    }
    if (expression instanceof Expression.Name name) {
      elsewhere.add(name.id());
    }
    boolean repeats =
        expression instanceof Expression.Comprehension || expression instanceof Expression.Lambda;
    inside += repeats ? 1 : 0;
    super.visit(expression);
    inside -= repeats ? 1 : 0;
  }
}
