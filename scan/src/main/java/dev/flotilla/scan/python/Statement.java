package dev.flotilla.scan.python;

import java.util.List;
import java.util.Optional;

/** A statement. */
public sealed interface Statement extends Node {
  /** {@code def} and {@code async def}. The span starts at the {@code def}, not at a decorator. */
  record Function(
      String name,
      List<Parameter> parameters,
      List<Statement> body,
      List<Expression> decorators,
      Optional<Expression> returns,
      boolean async,
      Span span)
      implements Statement {}

  /** {@code class}. */
  record ClassDefinition(
      String name,
      List<Expression> bases,
      List<Keyword> keywords,
      List<Statement> body,
      List<Expression> decorators,
      Span span)
      implements Statement {}

  /** {@code return value}. */
  record Return(Optional<Expression> value, Span span) implements Statement {}

  /** {@code del targets}. */
  record Delete(List<Expression> targets, Span span) implements Statement {}

  /** {@code targets[0] = targets[1] = value}. */
  record Assign(List<Expression> targets, Expression value, Span span) implements Statement {}

  /** {@code target += value}. */
  record AugmentedAssign(Expression target, String operator, Expression value, Span span)
      implements Statement {}

  /** {@code target: annotation = value}. */
  record AnnotatedAssign(
      Expression target, Expression annotation, Optional<Expression> value, Span span)
      implements Statement {}

  /** {@code for target in iterable}. */
  record For(
      Expression target,
      Expression iterable,
      List<Statement> body,
      List<Statement> orElse,
      boolean async,
      Span span)
      implements Statement {}

  /** {@code while test}. */
  record While(Expression test, List<Statement> body, List<Statement> orElse, Span span)
      implements Statement {}

  /** {@code if test}; an {@code elif} is an {@code If} alone in {@code orElse}. */
  record If(Expression test, List<Statement> body, List<Statement> orElse, Span span)
      implements Statement {}

  /** {@code with items}. */
  record With(List<Item> items, List<Statement> body, boolean async, Span span)
      implements Statement {
    /** {@code context as target}. */
    public record Item(Expression context, Optional<Expression> target) {}
  }

  /** {@code match subject}. */
  record Match(Expression subject, List<MatchCase> cases, Span span) implements Statement {}

  /** {@code raise exception from cause}. */
  record Raise(Optional<Expression> exception, Optional<Expression> cause, Span span)
      implements Statement {}

  /** {@code try}. */
  record Try(
      List<Statement> body,
      List<Handler> handlers,
      List<Statement> orElse,
      List<Statement> finalBody,
      Span span)
      implements Statement {}

  /** {@code assert test, message}. */
  record Assert(Expression test, Optional<Expression> message, Span span) implements Statement {}

  /** {@code import names}. */
  record Import(List<Alias> names, Span span) implements Statement {}

  /** {@code from ..module import names}; {@code module} may be empty when {@code level} is not. */
  record ImportFrom(String module, List<Alias> names, int level, Span span) implements Statement {}

  /** {@code global} and {@code nonlocal}. */
  record Declaration(boolean global, List<String> names, Span span) implements Statement {}

  /** An expression on a line of its own. */
  record ExpressionStatement(Expression value, Span span) implements Statement {}

  /** {@code type name = value}. */
  record TypeAlias(Expression name, Expression value, Span span) implements Statement {}

  /** {@code pass}, {@code break} and {@code continue}. */
  record Simple(Word word, Span span) implements Statement {
    /** Which one. */
    public enum Word {
      PASS,
      BREAK,
      CONTINUE
    }
  }
}
