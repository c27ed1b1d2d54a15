package dev.flotilla.scan.read;

import dev.flotilla.scan.facts.Fact;
import dev.flotilla.scan.python.Alias;
import dev.flotilla.scan.python.Expression;
import dev.flotilla.scan.python.Handler;
import dev.flotilla.scan.python.Statement;
import java.util.List;

/**
 * What a file imports: when it is loaded, inside of functions, for types alone, or where it can do
 * without. Used by one walk over one file.
 */
final class ImportReader {
  private final Context context;
  private int typeChecking;
  private int guarded;

  ImportReader(Context context) {
    this.context = context;
  }

  void names(Statement.Import names) {
    for (Alias alias : names.names()) {
      context.fact(Fact.Kind.IMPORT, names, alias.name(), "", kind(), optional());
    }
  }

  void from(Statement.ImportFrom names) {
    List<String> imported = names.names().stream().map(Alias::name).toList();
    context.fact(
        Fact.Kind.IMPORT,
        names,
        ".".repeat(names.level()) + names.module(),
        String.join(",", imported),
        kind(),
        optional());
  }

  /** Imports of the body may fail when a handler catches that. */
  void trying(Statement.Try tried, Runnable body) {
    boolean caught = tried.handlers().stream().anyMatch(ImportReader::catchesImports);
    guarded += caught ? 1 : 0;
    body.run();
    guarded -= caught ? 1 : 0;
  }

  /** Imports of the body are for types when the condition says so. */
  void choosing(boolean typing, Runnable body) {
    typeChecking += typing ? 1 : 0;
    body.run();
    typeChecking -= typing ? 1 : 0;
  }

  /** Imports by name, and what a setup.py demands. */
  void call(Expression.Call call) {
    dynamicImport(call);
    setup(call);
  }

  private void dynamicImport(Expression.Call call) {
    String full = context.qualified(call.function());
    if ((full.equals("importlib.import_module") || full.equals("__import__"))
        && !call.arguments().isEmpty()
        && call.arguments().getFirst() instanceof Expression.Constant module
        && module.isString()) {
      context.fact(Fact.Kind.IMPORT, call, module.text(), "", "local");
    }
  }

  /** What {@code setup(install_requires=[…])} of a setup.py demands. */
  private void setup(Expression.Call call) {
    if (!context.path().endsWith("setup.py")
        || !Dotted.last(context.qualified(call.function())).equals("setup")) {
      return;
    }
    call.keyword("install_requires")
        .filter(Expression.Sequence.class::isInstance)
        .ifPresent(
            list -> {
              for (Expression element : ((Expression.Sequence) list).elements()) {
                String text = context.text(element).replaceAll(";.*", "");
                RequirementsReader.parse(text, element.span().line())
                    .ifPresent(context.facts()::add);
              }
            });
  }

  private String kind() {
    return typeChecking > 0 ? "typing" : context.function().isPresent() ? "local" : "runtime";
  }

  private String optional() {
    return guarded > 0 ? "optional" : "";
  }

  private static boolean catchesImports(Handler handler) {
    if (handler.type().isEmpty()) {
      return true;
    }
    List<Expression> types =
        handler.type().get() instanceof Expression.Sequence several
            ? several.elements()
            : List.of(handler.type().get());
    return types.stream()
        .map(type -> Dotted.last(Dotted.of(type)))
        .anyMatch(name -> name.matches("ImportError|ModuleNotFoundError|Exception|BaseException"));
  }
}
