package dev.flotilla.scan.read;

import dev.flotilla.scan.facts.Fact;
import dev.flotilla.scan.python.Expression;
import dev.flotilla.scan.python.Node;
import dev.flotilla.scan.python.Span;
import dev.flotilla.scan.python.Statement;
import dev.flotilla.scan.rules.Confidence;
import dev.flotilla.scan.rules.Finding;
import dev.flotilla.scan.rules.Rule;
import dev.flotilla.scan.rules.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the reader stands in a Python file, and what it has written down. For one thread. */
final class Context {
  private final String path;
  private final Confidence confidence;
  private final Bindings bindings;
  private final Evaluator evaluator;
  private final List<Finding> findings = new ArrayList<>();
  private final List<Fact> facts = new ArrayList<>();
  private final List<Frame> frames = new ArrayList<>();
  private String scope = "";

  Context(String path, Confidence confidence, Bindings bindings) {
    this.path = path;
    this.confidence = confidence;
    this.bindings = bindings;
    this.evaluator = new Evaluator(bindings);
  }

  /** A class or function we are in; loops and tests count from there. */
  static final class Frame {
    private final Statement definition;
    private final List<Statement> blocks = new ArrayList<>();

    Frame(Statement definition) {
      this.definition = definition;
    }

    Statement definition() {
      return definition;
    }

    /** The compound statements around, outermost first. */
    List<Statement> blocks() {
      return blocks;
    }
  }

  void enter(Statement definition, String name) {
    frames.add(new Frame(definition));
    scope = scope.isEmpty() ? name : scope + "." + name;
  }

  void leave() {
    frames.removeLast();
    int dot = scope.lastIndexOf('.');
    scope = dot < 0 ? "" : scope.substring(0, dot);
  }

  void open(Statement block) {
    if (!frames.isEmpty()) {
      frames.getLast().blocks().add(block);
    }
  }

  void close() {
    if (!frames.isEmpty()) {
      frames.getLast().blocks().removeLast();
    }
  }

  Bindings bindings() {
    return bindings;
  }

  String path() {
    return path;
  }

  String scope() {
    return scope;
  }

  List<Finding> findings() {
    return findings;
  }

  List<Fact> facts() {
    return facts;
  }

  String text(Expression expression) {
    return evaluator.text(expression, scope);
  }

  Optional<Bindings.Bound> definition(Expression expression) {
    return evaluator.definition(expression, scope);
  }

  /** The dotted name with imports resolved; empty when it is no plain name. */
  String qualified(Expression expression) {
    return bindings.qualified(Dotted.of(expression));
  }

  /** The innermost function, unless we are directly in a class. */
  Optional<Statement.Function> function() {
    return !frames.isEmpty() && frames.getLast().definition() instanceof Statement.Function f
        ? Optional.of(f)
        : Optional.empty();
  }

  boolean inClass() {
    for (Frame frame : frames) {
      if (frame.definition() instanceof Statement.ClassDefinition) {
        return true;
      }
    }
    return false;
  }

  /** The compound statements around within the innermost definition. */
  List<Statement> blocks() {
    return frames.isEmpty() ? List.of() : frames.getLast().blocks();
  }

  /** Whether a loop around goes over something whose length the program decides. */
  boolean inForLoop() {
    for (Statement block : blocks()) {
      if (block instanceof Statement.For loop
          && !(loop.iterable() instanceof Expression.Sequence)) {
        return true;
      }
    }
    return false;
  }

  void report(Rule rule, Node node, String message) {
    report(rule, rule.severity(), node.span(), message);
  }

  void report(Rule rule, Severity severity, Span span, String message) {
    findings.add(
        new Finding(
            rule, severity, confidence, path, span.line(), span.column() + 1, scope, message));
  }

  void fact(Fact.Kind kind, Node node, String... values) {
    facts.add(Fact.of(kind, node.span().line(), scope, values));
  }

  void trait(String name, Node node) {
    fact(Fact.Kind.TRAIT, node, name);
  }
}
