package dev.flotilla.scan.read;

import dev.flotilla.scan.python.Expression;
import dev.flotilla.scan.python.Handler;
import dev.flotilla.scan.python.MatchCase;
import dev.flotilla.scan.python.Statement;
import dev.flotilla.scan.python.Walker;
import java.util.List;

/** How complex a function is. */
final class Complexity {
  private Complexity() {}

  /**
   * Independent paths, counted as ruff's C901 does: one for the function, each condition, loop,
   * except clause, else of a loop or try, case and nested function.
   */
  static int paths(Statement.Function function) {
    return 1 + paths(function.body());
  }

  private static int paths(List<Statement> body) {
    int sum = 0;
    for (Statement statement : body) {
      sum += paths(statement);
    }
    return sum;
  }

  private static int paths(Statement statement) {
    return switch (statement) {
      case Statement.If s -> 1 + paths(s.body()) + paths(s.orElse());
      case Statement.For s -> 1 + paths(s.body()) + paths(s.orElse());
      case Statement.While s -> 1 + paths(s.body()) + paths(s.orElse());
      case Statement.With s -> paths(s.body());
      case Statement.Try s -> {
        int sum = paths(s.body()) + paths(s.orElse()) + paths(s.finalBody());
        sum += s.orElse().isEmpty() ? 0 : 1;
        for (Handler handler : s.handlers()) {
          sum += 1 + paths(handler.body());
        }
        yield sum;
      }
      case Statement.Match s -> {
        int sum = 0;
        for (MatchCase c : s.cases()) {
          sum += (c.irrefutable() ? 0 : 1) + paths(c.body());
        }
        yield sum;
      }
      case Statement.Function s -> 1 + paths(s.body());
      case Statement.ClassDefinition s -> {
        int sum = 0;
        for (Statement member : s.body()) {
          sum += paths(member);
        }
        yield sum;
      }
      default -> 0;
    };
  }

  /** How hard it is to follow: cognitive complexity, where nesting adds up. */
  static int cognitive(Statement.Function function) {
    Cognitive walker = new Cognitive();
    walker.body(function.body());
    return walker.sum;
  }

  private static final class Cognitive extends Walker {
    private int sum;
    private int nesting;

    void body(List<Statement> body) {
      visitBody(body);
    }

    private void nested(List<Statement> body) {
      nesting++;
      visitBody(body);
      nesting--;
    }

    @Override
    protected void visit(Statement statement) {
      switch (statement) {
        case Statement.If s -> {
          sum += 1 + nesting;
          branch(s);
        }
        case Statement.For s -> {
          sum += 1 + nesting;
          visit(s.iterable());
          nested(s.body());
          otherwise(s.orElse());
        }
        case Statement.While s -> {
          sum += 1 + nesting;
          visit(s.test());
          nested(s.body());
          otherwise(s.orElse());
        }
        case Statement.Try s -> {
          visitBody(s.body());
          for (Handler handler : s.handlers()) {
            sum += 1 + nesting;
            nested(handler.body());
          }
          visitBody(s.orElse());
          visitBody(s.finalBody());
        }
        case Statement.Match s -> {
          sum += 1 + nesting;
          for (MatchCase c : s.cases()) {
            nested(c.body());
          }
        }
        case Statement.Function s -> nested(s.body());
        default -> super.visit(statement);
      }
    }

    private void branch(Statement.If s) {
      visit(s.test());
      nested(s.body());
      if (s.orElse().size() == 1 && s.orElse().getFirst() instanceof Statement.If chained) {
        sum += 1;
        branch(chained);
      } else {
        otherwise(s.orElse());
      }
    }

    private void otherwise(List<Statement> body) {
      if (!body.isEmpty()) {
        sum += 1;
        nested(body);
      }
    }

    @Override
    protected void visit(Expression expression) {
      switch (expression) {
        case Expression.Conditional e -> {
          sum += 1 + nesting;
          nesting++;
          super.visit(e);
          nesting--;
        }
        case Expression.Operation e -> {
          if (e.form() == Expression.Operation.Form.BOOLEAN) {
            sum += 1;
          }
          super.visit(e);
        }
        default -> super.visit(expression);
      }
    }
  }
}
