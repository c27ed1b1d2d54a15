package dev.flotilla.scan.python;

import com.oracle.graal.python.pegparser.sst.AliasTy;
import com.oracle.graal.python.pegparser.sst.ArgumentsTy;
import com.oracle.graal.python.pegparser.sst.ExceptHandlerTy;
import com.oracle.graal.python.pegparser.sst.ExprTy;
import com.oracle.graal.python.pegparser.sst.MatchCaseTy;
import com.oracle.graal.python.pegparser.sst.PatternTy;
import com.oracle.graal.python.pegparser.sst.StmtTy;
import com.oracle.graal.python.pegparser.sst.WithItemTy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns the parser's statements into ours. */
final class StatementConverter {
  private final ExpressionConverter expressions;

  StatementConverter(int lineOffset) {
    this.expressions = new ExpressionConverter(lineOffset);
  }

  List<Statement> all(StmtTy @Nullable [] nodes) {
    if (nodes == null || nodes.length == 0) {
      return List.of();
    }
    List<Statement> result = new ArrayList<>(nodes.length);
    for (StmtTy node : nodes) {
      result.add(convert(node));
    }
    return result;
  }

  private Expression of(ExprTy node) {
    return expressions.convert(node);
  }

  private Statement convert(StmtTy node) {
    Span span = expressions.span(node);
    return switch (node) {
      case StmtTy.FunctionDef n ->
          function(n.name, n.args, n.body, n.decoratorList, n.returns, false, span);
      case StmtTy.AsyncFunctionDef n ->
          function(n.name, n.args, n.body, n.decoratorList, n.returns, true, span);
      case StmtTy.ClassDef n ->
          new Statement.ClassDefinition(
              n.name,
              expressions.all(n.bases),
              expressions.keywords(n.keywords),
              all(n.body),
              expressions.all(n.decoratorList),
              span);
      case StmtTy.Return n -> new Statement.Return(expressions.optional(n.value), span);
      case StmtTy.Delete n -> new Statement.Delete(expressions.all(n.targets), span);
      case StmtTy.Assign n -> new Statement.Assign(expressions.all(n.targets), of(n.value), span);
      case StmtTy.AugAssign n ->
          new Statement.AugmentedAssign(
              of(n.target), ExpressionConverter.binary(n.op) + "=", of(n.value), span);
      case StmtTy.AnnAssign n ->
          new Statement.AnnotatedAssign(
              of(n.target), of(n.annotation), expressions.optional(n.value), span);
      case StmtTy.For n ->
          new Statement.For(of(n.target), of(n.iter), all(n.body), all(n.orElse), false, span);
      case StmtTy.AsyncFor n ->
          new Statement.For(of(n.target), of(n.iter), all(n.body), all(n.orElse), true, span);
      case StmtTy.While n -> new Statement.While(of(n.test), all(n.body), all(n.orElse), span);
      case StmtTy.If n -> new Statement.If(of(n.test), all(n.body), all(n.orElse), span);
      case StmtTy.With n -> new Statement.With(items(n.items), all(n.body), false, span);
      case StmtTy.AsyncWith n -> new Statement.With(items(n.items), all(n.body), true, span);
      case StmtTy.Match n -> new Statement.Match(of(n.subject), cases(n.cases), span);
      case StmtTy.Raise n ->
          new Statement.Raise(expressions.optional(n.exc), expressions.optional(n.cause), span);
      case StmtTy.Try n -> tried(n.body, n.handlers, n.orElse, n.finalBody, span);
      case StmtTy.TryStar n -> tried(n.body, n.handlers, n.orElse, n.finalBody, span);
      case StmtTy.Assert n -> new Statement.Assert(of(n.test), expressions.optional(n.msg), span);
      case StmtTy.Import n -> new Statement.Import(aliases(n.names, false), span);
      case StmtTy.ImportFrom n ->
          new Statement.ImportFrom(
              n.module == null ? "" : n.module, aliases(n.names, true), n.level, span);
      case StmtTy.Global n -> new Statement.Declaration(true, List.of(n.names), span);
      case StmtTy.Nonlocal n -> new Statement.Declaration(false, List.of(n.names), span);
      case StmtTy.Expr n -> new Statement.ExpressionStatement(of(n.value), span);
      case StmtTy.TypeAlias n -> new Statement.TypeAlias(of(n.name), of(n.value), span);
      case StmtTy.Pass n -> new Statement.Simple(Statement.Simple.Word.PASS, span);
      case StmtTy.Break n -> new Statement.Simple(Statement.Simple.Word.BREAK, span);
      case StmtTy.Continue n -> new Statement.Simple(Statement.Simple.Word.CONTINUE, span);
      default ->
          throw new IllegalStateException("unknown statement " + node.getClass().getSimpleName());
    };
  }

  private Statement function(
      String name,
      ArgumentsTy parameters,
      StmtTy[] body,
      ExprTy @Nullable [] decorators,
      @Nullable ExprTy returns,
      boolean async,
      Span span) {
    return new Statement.Function(
        name,
        expressions.parameters(parameters),
        all(body),
        expressions.all(decorators),
        expressions.optional(returns),
        async,
        span);
  }

  private Statement tried(
      StmtTy[] body,
      ExceptHandlerTy @Nullable [] handlers,
      StmtTy @Nullable [] orElse,
      StmtTy @Nullable [] finalBody,
      Span span) {
    List<Handler> converted = new ArrayList<>();
    if (handlers != null) {
      for (ExceptHandlerTy handler : handlers) {
        if (handler instanceof ExceptHandlerTy.ExceptHandler h) {
          converted.add(
              new Handler(
                  expressions.optional(h.type),
                  h.name == null ? "" : h.name,
                  all(h.body),
                  expressions.span(h)));
        }
      }
    }
    return new Statement.Try(all(body), converted, all(orElse), all(finalBody), span);
  }

  private List<Statement.With.Item> items(WithItemTy[] nodes) {
    List<Statement.With.Item> result = new ArrayList<>(nodes.length);
    for (WithItemTy node : nodes) {
      result.add(
          new Statement.With.Item(of(node.contextExpr), expressions.optional(node.optionalVars)));
    }
    return result;
  }

  private List<Alias> aliases(AliasTy[] nodes, boolean from) {
    List<Alias> result = new ArrayList<>(nodes.length);
    for (AliasTy node : nodes) {
      String bound = node.asName != null ? node.asName : from ? node.name : firstPart(node.name);
      result.add(new Alias(node.name, bound, expressions.span(node)));
    }
    return result;
  }

  private static String firstPart(String dotted) {
    int dot = dotted.indexOf('.');
    return dot < 0 ? dotted : dotted.substring(0, dot);
  }

  private List<MatchCase> cases(MatchCaseTy[] nodes) {
    List<MatchCase> result = new ArrayList<>(nodes.length);
    for (MatchCaseTy node : nodes) {
      List<Expression> mentioned = new ArrayList<>();
      collect(node.pattern, mentioned);
      boolean irrefutable =
          node.guard == null && node.pattern instanceof PatternTy.MatchAs as && as.pattern == null;
      expressions.optional(node.guard).ifPresent(mentioned::add);
      result.add(new MatchCase(mentioned, irrefutable, all(node.body), expressions.span(node)));
    }
    return result;
  }

  private void collect(@Nullable PatternTy pattern, List<Expression> into) {
    switch (pattern) {
      case null -> {}
      case PatternTy.MatchValue p -> into.add(of(p.value));
      case PatternTy.MatchSequence p -> collect(p.patterns, into);
      case PatternTy.MatchOr p -> collect(p.patterns, into);
      case PatternTy.MatchAs p -> collect(p.pattern, into);
      case PatternTy.MatchMapping p -> {
        into.addAll(expressions.all(p.keys));
        collect(p.patterns, into);
      }
      case PatternTy.MatchClass p -> {
        into.add(of(p.cls));
        collect(p.patterns, into);
        collect(p.kwdPatterns, into);
      }
      case PatternTy.MatchSingleton p -> {}
      case PatternTy.MatchStar p -> {}
      default ->
          throw new IllegalStateException("unknown pattern " + pattern.getClass().getSimpleName());
    }
  }

  private void collect(PatternTy @Nullable [] patterns, List<Expression> into) {
    if (patterns != null) {
      for (PatternTy pattern : patterns) {
        collect(pattern, into);
      }
    }
  }
}
