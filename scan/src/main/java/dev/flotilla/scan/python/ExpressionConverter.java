package dev.flotilla.scan.python;

import com.oracle.graal.python.pegparser.sst.ArgTy;
import com.oracle.graal.python.pegparser.sst.ArgumentsTy;
import com.oracle.graal.python.pegparser.sst.BoolOpTy;
import com.oracle.graal.python.pegparser.sst.CmpOpTy;
import com.oracle.graal.python.pegparser.sst.ComprehensionTy;
import com.oracle.graal.python.pegparser.sst.ConstantValue;
import com.oracle.graal.python.pegparser.sst.ExprTy;
import com.oracle.graal.python.pegparser.sst.KeywordTy;
import com.oracle.graal.python.pegparser.sst.OperatorTy;
import com.oracle.graal.python.pegparser.sst.SSTNode;
import com.oracle.graal.python.pegparser.sst.UnaryOpTy;
import com.oracle.graal.python.pegparser.tokenizer.SourceRange;
import dev.flotilla.scan.python.Expression.Comprehension;
import dev.flotilla.scan.python.Expression.Constant;
import dev.flotilla.scan.python.Expression.Operation;
import dev.flotilla.scan.python.Expression.Sequence;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns the parser's expressions into ours; {@code lineOffset} is added to every line. */
final class ExpressionConverter {
  private final int lineOffset;

  ExpressionConverter(int lineOffset) {
    this.lineOffset = lineOffset;
  }

  Span span(SSTNode node) {
    SourceRange range = node.getSourceRange();
    return new Span(
        range.startLine + lineOffset,
        range.startColumn,
        range.endLine + lineOffset,
        range.endColumn);
  }

  List<Expression> all(ExprTy @Nullable [] nodes) {
    if (nodes == null || nodes.length == 0) {
      return List.of();
    }
    List<Expression> result = new ArrayList<>(nodes.length);
    for (ExprTy node : nodes) {
      if (node != null) {
        result.add(convert(node));
      }
    }
    return result;
  }

  Optional<Expression> optional(@Nullable ExprTy node) {
    return node == null ? Optional.empty() : Optional.of(convert(node));
  }

  Expression convert(ExprTy node) {
    return switch (node) {
      case ExprTy.Name n -> new Expression.Name(n.id, span(n));
      case ExprTy.Attribute n -> new Expression.Attribute(convert(n.value), n.attr, span(n));
      case ExprTy.Call n ->
          new Expression.Call(convert(n.func), all(n.args), keywords(n.keywords), span(n));
      case ExprTy.Constant n -> constant(n);
      case ExprTy.JoinedStr n -> new Expression.FormattedString(all(n.values), span(n));
      case ExprTy.FormattedValue n ->
          new Expression.Placeholder(convert(n.value), optional(n.formatSpec), span(n));
      case ExprTy.BinOp n -> binary(n);
      case ExprTy.BoolOp n ->
          new Operation(
              Operation.Form.BOOLEAN,
              List.of(n.op == BoolOpTy.And ? "and" : "or"),
              all(n.values),
              span(n));
      case ExprTy.UnaryOp n ->
          new Operation(
              Operation.Form.UNARY, List.of(unary(n.op)), List.of(convert(n.operand)), span(n));
      case ExprTy.Compare n -> comparison(n);
      case ExprTy.List n -> new Sequence(Sequence.Form.LIST, all(n.elements), span(n));
      case ExprTy.Tuple n -> new Sequence(Sequence.Form.TUPLE, all(n.elements), span(n));
      case ExprTy.Set n -> new Sequence(Sequence.Form.SET, all(n.elements), span(n));
      case ExprTy.Dict n -> dictionary(n);
      case ExprTy.Subscript n ->
          new Expression.Subscript(convert(n.value), convert(n.slice), span(n));
      case ExprTy.Slice n -> {
        List<Expression> parts = new ArrayList<>(3);
        optional(n.lower).ifPresent(parts::add);
        optional(n.upper).ifPresent(parts::add);
        optional(n.step).ifPresent(parts::add);
        yield new Expression.Slice(parts, span(n));
      }
      case ExprTy.Lambda n -> new Expression.Lambda(parameters(n.args), convert(n.body), span(n));
      case ExprTy.IfExp n ->
          new Expression.Conditional(convert(n.test), convert(n.body), convert(n.orElse), span(n));
      case ExprTy.ListComp n ->
          comprehension(Comprehension.Form.LIST, List.of(convert(n.element)), n.generators, n);
      case ExprTy.SetComp n ->
          comprehension(Comprehension.Form.SET, List.of(convert(n.element)), n.generators, n);
      case ExprTy.GeneratorExp n ->
          comprehension(Comprehension.Form.GENERATOR, List.of(convert(n.element)), n.generators, n);
      case ExprTy.DictComp n ->
          comprehension(
              Comprehension.Form.DICT, List.of(convert(n.key), convert(n.value)), n.generators, n);
      case ExprTy.Await n -> new Expression.Await(convert(n.value), span(n));
      case ExprTy.Yield n -> new Expression.Yield(optional(n.value), false, span(n));
      case ExprTy.YieldFrom n -> new Expression.Yield(optional(n.value), true, span(n));
      case ExprTy.Starred n -> new Expression.Starred(convert(n.value), span(n));
      case ExprTy.NamedExpr n -> new Expression.Named(convert(n.target), convert(n.value), span(n));
      default ->
          throw new IllegalStateException("unknown expression " + node.getClass().getSimpleName());
    };
  }

  private Expression binary(ExprTy.BinOp node) {
    List<String> operators = new ArrayList<>(2);
    List<Expression> operands = new ArrayList<>(3);
    ExprTy left = node;
    while (left instanceof ExprTy.BinOp step) {
      operators.add(binary(step.op));
      operands.add(convert(step.right));
      left = step.left;
    }
    operands.add(convert(left));
    Collections.reverse(operators);
    Collections.reverse(operands);
    return new Operation(Operation.Form.BINARY, operators, operands, span(node));
  }

  private Expression comparison(ExprTy.Compare node) {
    List<String> operators = new ArrayList<>(node.ops.length);
    for (CmpOpTy op : node.ops) {
      operators.add(comparison(op));
    }
    List<Expression> operands = new ArrayList<>(node.comparators.length + 1);
    operands.add(convert(node.left));
    operands.addAll(all(node.comparators));
    return new Operation(Operation.Form.COMPARISON, operators, operands, span(node));
  }

  private Expression dictionary(ExprTy.Dict node) {
    List<Expression.Dictionary.Entry> entries = new ArrayList<>(node.values.length);
    for (int i = 0; i < node.values.length; i++) {
      entries.add(new Expression.Dictionary.Entry(optional(node.keys[i]), convert(node.values[i])));
    }
    return new Expression.Dictionary(entries, span(node));
  }

  private Expression comprehension(
      Comprehension.Form form,
      List<Expression> elements,
      ComprehensionTy[] generators,
      SSTNode node) {
    List<Comprehension.Generator> converted = new ArrayList<>(generators.length);
    for (ComprehensionTy generator : generators) {
      converted.add(
          new Comprehension.Generator(
              convert(generator.target),
              convert(generator.iter),
              all(generator.ifs),
              generator.isAsync));
    }
    return new Comprehension(form, elements, converted, span(node));
  }

  List<Keyword> keywords(KeywordTy @Nullable [] nodes) {
    if (nodes == null || nodes.length == 0) {
      return List.of();
    }
    List<Keyword> result = new ArrayList<>(nodes.length);
    for (KeywordTy node : nodes) {
      String name = node.arg == null ? "" : node.arg;
      result.add(new Keyword(name, convert(node.value), span(node)));
    }
    return result;
  }

  List<Parameter> parameters(@Nullable ArgumentsTy node) {
    List<Parameter> result = new ArrayList<>();
    if (node == null) {
      return result;
    }
    List<ArgTy> ordinary = new ArrayList<>();
    addAll(ordinary, node.posOnlyArgs);
    addAll(ordinary, node.args);
    int defaults = node.defaults == null ? 0 : node.defaults.length;
    for (int i = 0; i < ordinary.size(); i++) {
      int position = i - (ordinary.size() - defaults);
      ExprTy initial = position >= 0 ? node.defaults[position] : null;
      result.add(parameter(ordinary.get(i), Parameter.Kind.ORDINARY, initial));
    }
    if (node.varArg != null) {
      result.add(parameter(node.varArg, Parameter.Kind.STAR, null));
    }
    if (node.kwOnlyArgs != null) {
      for (int i = 0; i < node.kwOnlyArgs.length; i++) {
        ExprTy initial = node.kwDefaults == null ? null : node.kwDefaults[i];
        result.add(parameter(node.kwOnlyArgs[i], Parameter.Kind.KEYWORD_ONLY, initial));
      }
    }
    if (node.kwArg != null) {
      result.add(parameter(node.kwArg, Parameter.Kind.DOUBLE_STAR, null));
    }
    return result;
  }

  private static void addAll(List<ArgTy> into, ArgTy @Nullable [] nodes) {
    if (nodes != null) {
      Collections.addAll(into, nodes);
    }
  }

  private Parameter parameter(ArgTy node, Parameter.Kind kind, @Nullable ExprTy initial) {
    return new Parameter(node.arg, kind, optional(node.annotation), optional(initial), span(node));
  }

  private Expression constant(ExprTy.Constant node) {
    ConstantValue value = node.value;
    Span span = span(node);
    return switch (value.kind) {
      case NONE -> new Constant(Constant.Kind.NONE, "None", span);
      case ELLIPSIS -> new Constant(Constant.Kind.ELLIPSIS, "...", span);
      case BOOLEAN ->
          value.getBoolean()
              ? new Constant(Constant.Kind.TRUE, "True", span)
              : new Constant(Constant.Kind.FALSE, "False", span);
      case LONG -> new Constant(Constant.Kind.INTEGER, Long.toString(value.getLong()), span);
      case BIGINTEGER ->
          new Constant(Constant.Kind.INTEGER, value.getBigInteger().toString(), span);
      case DOUBLE -> new Constant(Constant.Kind.FLOAT, Double.toString(value.getDouble()), span);
      case COMPLEX -> new Constant(Constant.Kind.COMPLEX, "", span);
      case CODEPOINTS ->
          new Constant(Constant.Kind.STRING, value.getCodePoints().toJavaString(), span);
      case BYTES ->
          new Constant(
              Constant.Kind.BYTES, new String(value.getBytes(), StandardCharsets.ISO_8859_1), span);
      case TUPLE, FROZENSET ->
          throw new IllegalStateException("the parser does not fold constants");
    };
  }

  static String binary(OperatorTy op) {
    return switch (op) {
      case Add -> "+";
      case Sub -> "-";
      case Mult -> "*";
      case MatMult -> "@";
      case Div -> "/";
      case Mod -> "%";
      case Pow -> "**";
      case LShift -> "<<";
      case RShift -> ">>";
      case BitOr -> "|";
      case BitXor -> "^";
      case BitAnd -> "&";
      case FloorDiv -> "//";
    };
  }

  private static String unary(UnaryOpTy op) {
    return switch (op) {
      case Invert -> "~";
      case Not -> "not";
      case UAdd -> "+";
      case USub -> "-";
    };
  }

  private static String comparison(CmpOpTy op) {
    return switch (op) {
      case Eq -> "==";
      case NotEq -> "!=";
      case Lt -> "<";
      case LtE -> "<=";
      case Gt -> ">";
      case GtE -> ">=";
      case Is -> "is";
      case IsNot -> "is not";
      case In -> "in";
      case NotIn -> "not in";
    };
  }
}
