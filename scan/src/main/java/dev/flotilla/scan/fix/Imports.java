package dev.flotilla.scan.fix;

import dev.flotilla.scan.python.Alias;
import dev.flotilla.scan.python.Expression;
import dev.flotilla.scan.python.PythonSource;
import dev.flotilla.scan.python.Statement;
import java.util.HashMap;
import java.util.Map;

/** The imports at the top of a module, and where another one belongs. */
final class Imports {
  private Imports() {}

  /** Whether the module begins with a statement that binds what this one does. */
  static boolean has(PythonSource tree, String statement) {
    String name = statement.substring(statement.lastIndexOf(' ') + 1);
    String full = statement.startsWith("from ") ? statement.split(" ")[1] + "." + name : name;
    return full.equals(modules(tree).get(name)) && leading(tree) > position(tree, name);
  }

  /** What the names mean that imports at the top level bind: {@code np} is {@code numpy}. */
  static Map<String, String> modules(PythonSource tree) {
    Map<String, String> result = new HashMap<>();
    for (Statement statement : tree.body()) {
      result.putAll(bound(statement));
    }
    return result;
  }

  private static Map<String, String> bound(Statement statement) {
    Map<String, String> result = new HashMap<>();
    switch (statement) {
      case Statement.Import s -> {
        for (Alias alias : s.names()) {
          boolean plain = alias.name().split("\\.", 2)[0].equals(alias.bound());
          result.put(alias.bound(), plain ? alias.bound() : alias.name());
        }
      }
      case Statement.ImportFrom s -> {
        for (Alias alias : s.names()) {
          result.put(alias.bound(), ".".repeat(s.level()) + s.module() + "." + alias.name());
        }
      }
      default -> {}
    }
    return result;
  }

  /** The number of statements with which a module begins: its docstring and imports. */
  private static int leading(PythonSource tree) {
    int count = 0;
    for (Statement statement : tree.body()) {
      boolean imports =
          statement instanceof Statement.Import || statement instanceof Statement.ImportFrom;
      if (!imports && !(count == 0 && isText(statement))) {
        break;
      }
      count++;
    }
    return count;
  }

  private static int position(PythonSource tree, String name) {
    for (int i = 0; i < tree.body().size(); i++) {
      if (bound(tree.body().get(i)).containsKey(name)) {
        return i;
      }
    }
    return Integer.MAX_VALUE;
  }

  private static boolean isText(Statement statement) {
    return statement instanceof Statement.ExpressionStatement e
        && e.value() instanceof Expression.Constant c
        && c.isString();
  }

  /** The offset behind the imports a module begins with, at the start of a line. */
  static int place(PythonSource tree, Place place) {
    int leading = leading(tree);
    if (leading > 0) {
      return place.start(tree.body().get(leading - 1).span().endLine() + 1);
    }
    int line = 1;
    String[] lines = tree.text().split("\n", -1);
    while (line <= lines.length && lines[line - 1].strip().startsWith("#")) {
      line++;
    }
    return place.start(line);
  }
}
