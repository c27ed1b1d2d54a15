package dev.flotilla.scan.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Headers that do not parse even alone, read by pattern as far as their names. */
final class FallbackHeader {
  private static final Pattern DEFINITION =
      Pattern.compile("^\\s*(async\\s+)?(def|class)\\s+(\\w+)");
  private static final Pattern IMPORT = Pattern.compile("^\\s*import\\s+([\\w.]+)");
  private static final Pattern FROM =
      Pattern.compile("^\\s*from\\s+(\\.*)([\\w.]*)\\s+import\\b(.*)");
  private static final Pattern EXCEPT = Pattern.compile("^\\s*except\\b\\s*(.*?)\\s*:?\\s*(#.*)?$");

  private FallbackHeader() {}

  static Optional<Statement> read(String line, int number, int column, List<Statement> body) {
    Span span = new Span(number, column, number, line.length());
    Matcher definition = DEFINITION.matcher(line);
    if (definition.find()) {
      String name = definition.group(3);
      return Optional.of(
          definition.group(2).equals("def")
              ? new Statement.Function(
                  name,
                  List.of(),
                  body,
                  List.of(),
                  Optional.empty(),
                  definition.group(1) != null,
                  span)
              : new Statement.ClassDefinition(name, List.of(), List.of(), body, List.of(), span));
    }
    if (!body.isEmpty()) {
      return Optional.empty();
    }
    Matcher plain = IMPORT.matcher(line);
    if (plain.find()) {
      String name = plain.group(1);
      return Optional.of(new Statement.Import(List.of(new Alias(name, name, span)), span));
    }
    Matcher from = FROM.matcher(line);
    if (from.find()) {
      List<Alias> names = new ArrayList<>();
      for (String part : from.group(3).split("[,()\\s]+", -1)) {
        if (part.matches("[A-Za-z_]\\w*|\\*")) {
          names.add(new Alias(part, part, span));
        }
      }
      return Optional.of(
          new Statement.ImportFrom(from.group(2), names, from.group(1).length(), span));
    }
    return Optional.empty();
  }

  static Handler handler(String line, Span span, List<Statement> body) {
    Matcher matcher = EXCEPT.matcher(line);
    String caught = matcher.find() ? matcher.group(1) : "";
    String type = caught.replaceFirst("\\s+as\\s+\\w+$", "");
    if (type.isEmpty()) {
      return new Handler(Optional.empty(), "", body, span);
    }
    return new Handler(
        Optional.of(new Expression.Name(type.replaceAll("\\W.*", ""), span)), "", body, span);
  }
}
