package dev.flotilla.scan.python;

import dev.flotilla.scan.python.Expression.Comprehension;
import java.util.List;

/** Walks a tree in source order. Override a method and call super to go on below the node. */
public abstract class Walker {
  /** Walks these statements. */
  public final void walk(List<Statement> body) {
    visitBody(body);
  }

  /** A statement and everything below it. */
  protected void visit(Statement statement) {
    switch (statement) {
      case Statement.Function s -> {
        visitAll(s.decorators());
        visitParameters(s.parameters());
        s.returns().ifPresent(this::visit);
        visitBody(s.body());
      }
      case Statement.ClassDefinition s -> {
        visitAll(s.decorators());
        visitAll(s.bases());
        visitKeywords(s.keywords());
        visitBody(s.body());
      }
      case Statement.Return s -> s.value().ifPresent(this::visit);
      case Statement.Delete s -> visitAll(s.targets());
      case Statement.Assign s -> {
        visitAll(s.targets());
        visit(s.value());
      }
      case Statement.AugmentedAssign s -> {
        visit(s.target());
        visit(s.value());
      }
      case Statement.AnnotatedAssign s -> {
        visit(s.target());
        visit(s.annotation());
        s.value().ifPresent(this::visit);
      }
      case Statement.For s -> {
        visit(s.target());
        visit(s.iterable());
        visitBody(s.body());
        visitBody(s.orElse());
      }
      case Statement.While s -> {
        visit(s.test());
        visitBody(s.body());
        visitBody(s.orElse());
      }
      case Statement.If s -> {
        visit(s.test());
        visitBody(s.body());
        visitBody(s.orElse());
      }
      case Statement.With s -> {
        for (Statement.With.Item item : s.items()) {
          visit(item.context());
          item.target().ifPresent(this::visit);
        }
        visitBody(s.body());
      }
      case Statement.Match s -> {
        visit(s.subject());
        for (MatchCase c : s.cases()) {
          visitAll(c.expressions());
          visitBody(c.body());
        }
      }
      case Statement.Raise s -> {
        s.exception().ifPresent(this::visit);
        s.cause().ifPresent(this::visit);
      }
      case Statement.Try s -> {
        visitBody(s.body());
        for (Handler handler : s.handlers()) {
          visit(handler);
        }
        visitBody(s.orElse());
        visitBody(s.finalBody());
      }
      case Statement.Assert s -> {
        visit(s.test());
        s.message().ifPresent(this::visit);
      }
      case Statement.ExpressionStatement s -> visit(s.value());
      case Statement.TypeAlias s -> visit(s.value());
      case Statement.Import _,
          Statement.ImportFrom _,
          Statement.Declaration _,
          Statement.Simple _ -> {}
    }
  }

  /** An except clause and everything below it. */
  protected void visit(Handler handler) {
    handler.type().ifPresent(this::visit);
    visitBody(handler.body());
  }

  /** An expression and everything below it. */
  protected void visit(Expression expression) {
    switch (expression) {
      case Expression.Name _, Expression.Constant _ -> {}
      case Expression.Attribute e -> visit(e.value());
      case Expression.Call e -> {
        visit(e.function());
        visitAll(e.arguments());
        visitKeywords(e.keywords());
      }
      case Expression.FormattedString e -> visitAll(e.parts());
      case Expression.Placeholder e -> {
        visit(e.value());
        e.format().ifPresent(this::visit);
      }
      case Expression.Operation e -> visitAll(e.operands());
      case Expression.Sequence e -> visitAll(e.elements());
      case Expression.Dictionary e -> {
        for (Expression.Dictionary.Entry entry : e.entries()) {
          entry.key().ifPresent(this::visit);
          visit(entry.value());
        }
      }
      case Expression.Subscript e -> {
        visit(e.value());
        visit(e.index());
      }
      case Expression.Slice e -> visitAll(e.parts());
      case Expression.Lambda e -> {
        visitParameters(e.parameters());
        visit(e.body());
      }
      case Expression.Conditional e -> {
        visit(e.test());
        visit(e.body());
        visit(e.orElse());
      }
      case Comprehension e -> {
        visitAll(e.elements());
        for (Comprehension.Generator generator : e.generators()) {
          visit(generator.target());
          visit(generator.iterable());
          visitAll(generator.conditions());
        }
      }
      case Expression.Await e -> visit(e.value());
      case Expression.Yield e -> e.value().ifPresent(this::visit);
      case Expression.Starred e -> visit(e.value());
      case Expression.Named e -> {
        visit(e.target());
        visit(e.value());
      }
    }
  }

  /** Statements in order. */
  protected final void visitBody(List<Statement> body) {
    for (Statement statement : body) {
      visit(statement);
    }
  }

  /** Expressions in order. */
  protected final void visitAll(List<Expression> expressions) {
    for (Expression expression : expressions) {
      visit(expression);
    }
  }

  private void visitKeywords(List<Keyword> keywords) {
    for (Keyword keyword : keywords) {
      visit(keyword.value());
    }
  }

  private void visitParameters(List<Parameter> parameters) {
    for (Parameter parameter : parameters) {
      parameter.annotation().ifPresent(this::visit);
      parameter.initial().ifPresent(this::visit);
    }
  }
}
