package dev.flotilla.scan.python;

import java.util.List;
import java.util.Optional;

/** An expression. Chains of one operator are flat, so that long sums do not make deep trees. */
public sealed interface Expression extends Node {
  /** A variable. */
  record Name(String id, Span span) implements Expression {}

  /** {@code value.name}. */
  record Attribute(Expression value, String name, Span span) implements Expression {}

  /** {@code function(arguments, keywords)}. */
  record Call(Expression function, List<Expression> arguments, List<Keyword> keywords, Span span)
      implements Expression {
    /** The keyword argument of that name. */
    public Optional<Expression> keyword(String name) {
      for (Keyword keyword : keywords) {
        if (keyword.name().equals(name)) {
          return Optional.of(keyword.value());
        }
      }
      return Optional.empty();
    }
  }

  /** A literal; {@code text} is its value as text (for bytes: Latin-1). */
  record Constant(Kind kind, String text, Span span) implements Expression {
    /** What a literal is. */
    public enum Kind {
      STRING,
      BYTES,
      INTEGER,
      FLOAT,
      COMPLEX,
      TRUE,
      FALSE,
      NONE,
      ELLIPSIS
    }

    /** Whether this is a string literal. */
    public boolean isString() {
      return kind == Kind.STRING;
    }
  }

  /** An f-string: {@link Constant} and {@link Placeholder} parts in order. */
  record FormattedString(List<Expression> parts, Span span) implements Expression {}

  /** <code>{value!conversion:format}</code> in an f-string. */
  record Placeholder(Expression value, Optional<Expression> format, Span span)
      implements Expression {}

  /** {@code a + b + c}, {@code not a}, {@code a < b < c}, {@code a and b}. */
  record Operation(
      Operation.Form form, List<String> operators, List<Expression> operands, Span span)
      implements Expression {
    /** Which family of operators. */
    public enum Form {
      BINARY,
      UNARY,
      BOOLEAN,
      COMPARISON
    }
  }

  /** A list, tuple or set display. */
  record Sequence(Sequence.Form form, List<Expression> elements, Span span) implements Expression {
    /** Which display. */
    public enum Form {
      LIST,
      TUPLE,
      SET
    }
  }

  /** A dict display. */
  record Dictionary(List<Entry> entries, Span span) implements Expression {
    /** One pair; without a key it is {@code **value}. */
    public record Entry(Optional<Expression> key, Expression value) {}
  }

  /** {@code value[index]}. */
  record Subscript(Expression value, Expression index, Span span) implements Expression {}

  /** {@code lower:upper:step}, only the parts that are there. */
  record Slice(List<Expression> parts, Span span) implements Expression {}

  /** {@code lambda parameters: body}. */
  record Lambda(List<Parameter> parameters, Expression body, Span span) implements Expression {}

  /** {@code body if test else orElse}. */
  record Conditional(Expression test, Expression body, Expression orElse, Span span)
      implements Expression {}

  /** A comprehension or generator; a dict comprehension has two elements. */
  record Comprehension(
      Comprehension.Form form, List<Expression> elements, List<Generator> generators, Span span)
      implements Expression {
    /** Which comprehension. */
    public enum Form {
      LIST,
      SET,
      DICT,
      GENERATOR
    }

    /** {@code for target in iterable if condition…}. */
    public record Generator(
        Expression target, Expression iterable, List<Expression> conditions, boolean async) {}
  }

  /** {@code await value}. */
  record Await(Expression value, Span span) implements Expression {}

  /** {@code yield value} or {@code yield from value}. */
  record Yield(Optional<Expression> value, boolean from, Span span) implements Expression {}

  /** {@code *value}. */
  record Starred(Expression value, Span span) implements Expression {}

  /** {@code target := value}. */
  record Named(Expression target, Expression value, Span span) implements Expression {}
}
