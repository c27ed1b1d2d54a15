package dev.flotilla.scan.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what can be read of a file that does not parse. The lines are split into blocks by
 * indentation; a block that parses is taken exactly, one that does not is opened: its header is
 * read alone and its body is split again, down to single statements, of which only the broken ones
 * are lost.
 */
final class Recovery {
  private static final Pattern STARTS_STATEMENT =
      Pattern.compile(
          "(?:(?:def|class|import|while|return|raise|global|nonlocal|del|assert|with)\\s"
              + "|async\\s+def\\s|(?:try|finally|else)\\s*:|except\\b.*:|@\\w"
              + "|(?:pass|break|continue|return)\\s*$|(?:if|for|elif|with)\\s.*:\\s*(?:#.*)?$"
              + "|from\\s+[\\w.]+\\s+import\\b).*");

  private static final Pattern GLUED =
      Pattern.compile("\\s*\\S.*[)\\]\\w\"']((?:async\\s+)?def\\s+\\w+\\s*\\(.*:)\\s*");

  private final String[] lines;
  private final int[] indent;
  private final boolean[] starts;
  private final int problemLine;

  /**
   * @param problemLine where the first error was met, from 1: the blocks around it are opened
   *     without trying them first
   */
  Recovery(String text, Lexed lexed, int problemLine) {
    this.problemLine = problemLine;
    lines = text.split("\n", -1);
    indent = new int[lines.length];
    starts = new boolean[lines.length];
    for (int i = 0; i < lines.length; i++) {
      String stripped = lines[i].strip();
      indent[i] = width(lines[i]);
      boolean code = !stripped.isEmpty() && stripped.charAt(0) != '#' && !lexed.inString(i);
      starts[i] = code && (!lexed.continues(i) || STARTS_STATEMENT.matcher(stripped).matches());
    }
  }

  List<Statement> statements() {
    return region(0, lines.length);
  }

  static int width(String line) {
    int width = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == ' ') {
        width++;
      } else if (c == '\t') {
        width = (width / 8 + 1) * 8;
      } else if (c != '\f') {
        break;
      }
    }
    return width;
  }

  /** The statements of the lines {@code from} to {@code to}, exclusive. */
  private List<Statement> region(int from, int to) {
    List<Statement> result = new ArrayList<>();
    int first = nextStart(from, to);
    int level = first < to ? indent[first] : 0;
    while (first < to) {
      int end = nextStart(first + 1, to);
      while (end < to && (indent[end] > level || belongs(first, end, level))) {
        end = nextStart(end + 1, to);
      }
      level = end < to ? Math.min(level, indent[end]) : level;
      result.addAll(block(first, end));
      first = end;
      if (first < to) {
        level = indent[first];
      }
    }
    return result;
  }

  private int nextStart(int from, int to) {
    int at = from;
    while (at < to && !starts[at]) {
      at++;
    }
    return at;
  }

  /** Whether the line continues the compound statement that starts at {@code first}. */
  private boolean belongs(int first, int line, int level) {
    if (indent[line] != level || indent[first] != level) {
      return false;
    }
    if (lines[first].strip().startsWith("@")) {
      int before = line - 1;
      while (before > first && !starts[before]) {
        before--;
      }
      if (indent[before] == level && lines[before].strip().startsWith("@")) {
        return true;
      }
    }
    String head = word(lines[first]);
    String here = word(lines[line]);
    return switch (here) {
      case "except" -> head.equals("try");
      case "finally" -> head.equals("try");
      case "elif" -> head.equals("if");
      case "else" ->
          head.equals("if")
              || head.equals("for")
              || head.equals("while")
              || head.equals("try")
              || head.equals("async");
      default -> false;
    };
  }

  private static String word(String line) {
    String stripped = line.strip();
    int end = 0;
    while (end < stripped.length() && Character.isLetter(stripped.charAt(end))) {
      end++;
    }
    return stripped.substring(0, end);
  }

  private List<Statement> block(int from, int to) {
    boolean suspect = from + 1 < problemLine && problemLine <= to && to - from > 1;
    Optional<List<Statement>> whole =
        suspect ? Optional.empty() : PegParser.piece(wrapped(from, to), from - 1);
    return whole.map(Recovery::unwrapped).orElseGet(() -> opened(from, to));
  }

  /** The lines under an {@code if} of our own, so that their indentation may stay. */
  private String wrapped(int from, int to) {
    StringBuilder text = new StringBuilder();
    boolean nested = indent[from] > 0;
    text.append(nested ? "if 1:\n" : "\n");
    for (int i = from; i < to; i++) {
      text.append(lines[i]).append('\n');
    }
    return text.toString();
  }

  private static List<Statement> unwrapped(List<Statement> body) {
    return body.size() == 1
            && body.getFirst() instanceof Statement.If wrapper
            && wrapper.span().column() == 0
            && wrapper.test() instanceof Expression.Constant one
            && one.text().equals("1")
        ? wrapper.body()
        : body;
  }

  /** A block that does not parse as a whole, clause by clause. */
  private List<Statement> opened(int from, int to) {
    List<Clause> clauses = clauses(from, to);
    Clause head = clauses.getFirst();
    List<Statement> body = region(head.bodyFrom, head.to);
    Span span = new Span(from + 1, indent[from], to, 0);
    String word = word(lines[from]);
    if (word.equals("try")) {
      return List.of(tried(clauses, body, span));
    }
    if (word.equals("except")) {
      return List.of(new Statement.Try(List.of(), handlers(clauses), List.of(), List.of(), span));
    }
    List<Statement> result = new ArrayList<>();
    Optional<Statement> header = header(head);
    if (header.isPresent()) {
      result.add(withBody(header.get(), body, span));
    } else {
      FallbackHeader.read(lines[from], from + 1, indent[from], body)
          .ifPresentOrElse(result::add, () -> result.addAll(body));
    }
    for (Clause clause : clauses.subList(1, clauses.size())) {
      header(clause).ifPresent(result::add);
      result.addAll(region(clause.bodyFrom, clause.to));
    }
    return result;
  }

  private record Clause(int from, int bodyFrom, int to) {}

  private List<Clause> clauses(int from, int to) {
    List<Clause> result = new ArrayList<>();
    int level = indent[from];
    int start = from;
    int next = nextStart(from + 1, to);
    int bodyFrom = next;
    boolean decorated = lines[from].strip().startsWith("@");
    while (next < to) {
      boolean continues = indent[next] <= level && !decorated;
      if (continues) {
        result.add(new Clause(start, bodyFrom, next));
        start = next;
        bodyFrom = nextStart(next + 1, to);
      } else if (decorated && indent[next] == level) {
        decorated = lines[next].strip().startsWith("@");
        bodyFrom = nextStart(next + 1, to);
      }
      next = nextStart(next + 1, to);
    }
    result.add(new Clause(start, bodyFrom, to));
    return result;
  }

  private Statement tried(List<Clause> clauses, List<Statement> body, Span span) {
    List<Statement> orElse = new ArrayList<>();
    List<Statement> finalBody = new ArrayList<>();
    for (Clause clause : clauses.subList(1, clauses.size())) {
      switch (word(lines[clause.from])) {
        case "else" -> orElse.addAll(region(clause.bodyFrom, clause.to));
        case "finally" -> finalBody.addAll(region(clause.bodyFrom, clause.to));
        default -> {}
      }
    }
    return new Statement.Try(body, handlers(clauses), orElse, finalBody, span);
  }

  private List<Handler> handlers(List<Clause> clauses) {
    List<Handler> result = new ArrayList<>();
    for (Clause clause : clauses) {
      if (word(lines[clause.from]).equals("except")) {
        result.add(handler(clause));
      }
    }
    return result;
  }

  private Handler handler(Clause clause) {
    String spaces = " ".repeat(indent[clause.from]);
    String text =
        (spaces.isEmpty() ? "\n" : "if 1:\n")
            + (spaces + "try: pass\n")
            + headerText(clause)
            + (endsInColon(clause) ? " pass\n" : "\n");
    Span span = new Span(clause.from + 1, indent[clause.from], clause.to, 0);
    List<Statement> inline = List.of();
    Optional<List<Statement>> parsed = PegParser.piece(text, clause.from - 2);
    if (parsed.isPresent() && unwrapped(parsed.get()).getFirst() instanceof Statement.Try one) {
      Handler handler = one.handlers().getFirst();
      if (!endsInColon(clause)) {
        inline = handler.body();
      }
      List<Statement> body = new ArrayList<>(inline);
      body.addAll(region(clause.bodyFrom, clause.to));
      return new Handler(handler.type(), handler.name(), body, span);
    }
    return FallbackHeader.handler(lines[clause.from], span, region(clause.bodyFrom, clause.to));
  }

  private Optional<Statement> header(Clause clause) {
    String word = word(lines[clause.from]);
    if (word.equals("else") || word.equals("finally") || word.equals("try")) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder();
    boolean nested = indent[clause.from] > 0;
    text.append(nested ? "if 1:\n" : "\n");
    String header = headerText(clause);
    text.append(word.equals("elif") ? header.replaceFirst("elif", "if") : header);
    text.append(endsInColon(clause) ? " pass\n" : "\n");
    return PegParser.piece(text.toString(), clause.from - 1)
        .or(() -> glued(clause))
        .flatMap(parsed -> unwrapped(parsed).stream().findFirst());
  }

  /** The {@code def} of {@code x = f()def g():}, where an edit by machine lost a newline. */
  private Optional<List<Statement>> glued(Clause clause) {
    Matcher matcher = GLUED.matcher(lines[clause.from]);
    return matcher.matches()
        ? PegParser.piece(
            "if 1:\n" + " ".repeat(indent[clause.from] + 1) + matcher.group(1) + " pass\n",
            clause.from - 1)
        : Optional.empty();
  }

  /** The lines of a clause's header, without newline at the end and without its last comment. */
  private String headerText(Clause clause) {
    StringBuilder text = new StringBuilder();
    int end = headerEnd(clause);
    for (int i = clause.from; i < end; i++) {
      text.append(i > clause.from ? "\n" : "").append(lines[i]);
    }
    return text.toString();
  }

  private int headerEnd(Clause clause) {
    int end = clause.bodyFrom;
    while (end > clause.from + 1) {
      String stripped = lines[end - 1].strip();
      if (!stripped.isEmpty() && stripped.charAt(0) != '#') {
        break;
      }
      end--;
    }
    return end;
  }

  private boolean endsInColon(Clause clause) {
    String last = lines[headerEnd(clause) - 1];
    int comment = last.indexOf('#');
    String code = comment < 0 ? last : last.substring(0, comment);
    return code.strip().endsWith(":") && comment < 0;
  }

  private static Statement withBody(Statement header, List<Statement> body, Span span) {
    return switch (header) {
      case Statement.Function f ->
          new Statement.Function(
              f.name(),
              f.parameters(),
              body,
              f.decorators(),
              f.returns(),
              f.async(),
              stretch(f.span(), span));
      case Statement.ClassDefinition c ->
          new Statement.ClassDefinition(
              c.name(), c.bases(), c.keywords(), body, c.decorators(), stretch(c.span(), span));
      case Statement.If s -> new Statement.If(s.test(), body, List.of(), stretch(s.span(), span));
      case Statement.While s ->
          new Statement.While(s.test(), body, List.of(), stretch(s.span(), span));
      case Statement.For s ->
          new Statement.For(
              s.target(), s.iterable(), body, List.of(), s.async(), stretch(s.span(), span));
      case Statement.With s ->
          new Statement.With(s.items(), body, s.async(), stretch(s.span(), span));
      case Statement.Return s -> grouped(s, body, span);
      case Statement.Delete s -> grouped(s, body, span);
      case Statement.Assign s -> grouped(s, body, span);
      case Statement.AugmentedAssign s -> grouped(s, body, span);
      case Statement.AnnotatedAssign s -> grouped(s, body, span);
      case Statement.Match s -> grouped(s, body, span);
      case Statement.Raise s -> grouped(s, body, span);
      case Statement.Try s -> grouped(s, body, span);
      case Statement.Assert s -> grouped(s, body, span);
      case Statement.Import s -> grouped(s, body, span);
      case Statement.ImportFrom s -> grouped(s, body, span);
      case Statement.Declaration s -> grouped(s, body, span);
      case Statement.ExpressionStatement s -> grouped(s, body, span);
      case Statement.TypeAlias s -> grouped(s, body, span);
      case Statement.Simple s -> grouped(s, body, span);
    };
  }

  /** A simple statement with wrongly indented lines below it: both are kept, in order. */
  private static Statement grouped(Statement first, List<Statement> rest, Span span) {
    if (rest.isEmpty()) {
      return first;
    }
    List<Statement> all = new ArrayList<>();
    all.add(first);
    all.addAll(rest);
    Expression always =
        new Expression.Constant(Expression.Constant.Kind.TRUE, "True", first.span());
    return new Statement.If(always, all, List.of(), span);
  }

  private static Span stretch(Span header, Span block) {
    return new Span(header.line(), header.column(), block.endLine(), block.endColumn());
  }
}
