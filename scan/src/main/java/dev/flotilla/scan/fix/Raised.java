package dev.flotilla.scan.fix;

import dev.flotilla.scan.python.Expression;
import dev.flotilla.scan.python.Statement;
import dev.flotilla.scan.python.Walker;
import dev.flotilla.scan.read.Dotted;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The errors that a piece of code is known to raise in the ordinary course of things: a file that
 * is not there, text that is no number, a peer that does not answer. Only errors whose names the
 * module can write without another import.
 */
final class Raised extends Walker {
  private static final Map<String, String> CALLS =
      Map.ofEntries(
          Map.entry("open", "OSError"),
          Map.entry("int", "ValueError"),
          Map.entry("float", "ValueError"),
          Map.entry("json.load", "ValueError"),
          Map.entry("json.loads", "ValueError"),
          Map.entry("json.dump", "TypeError"),
          Map.entry("json.dumps", "TypeError"),
          Map.entry("importlib.import_module", "ImportError"));
  private static final Map<String, String> BUILT_IN_OF_MODULE =
      Map.of("os", "OSError", "shutil", "OSError", "socket", "OSError", "torch", "RuntimeError");
  private static final Map<String, String> OWN_OF_MODULE =
      Map.ofEntries(
          Map.entry("requests", "RequestException"),
          Map.entry("httpx", "HTTPError"),
          Map.entry("aiohttp", "ClientError"),
          Map.entry("sqlite3", "Error"),
          Map.entry("redis", "RedisError"),
          Map.entry("yaml", "YAMLError"),
          Map.entry("psutil", "Error"),
          Map.entry("subprocess", "SubprocessError"));
  private static final Set<String> SOCKET_METHODS =
      Set.of(
          "recv",
          "recv_string",
          "recv_json",
          "recv_pyobj",
          "recv_multipart",
          "send",
          "send_string",
          "send_json",
          "send_pyobj",
          "send_multipart",
          "bind",
          "connect",
          "setsockopt",
          "poll");
  private static final Set<String> DATABASE_METHODS =
      Set.of("execute", "executemany", "executescript", "commit", "rollback");

  private final Map<String, String> modules;
  private final Set<String> errors = new TreeSet<>();

  private Raised(Map<String, String> modules) {
    this.modules = modules;
  }

  /**
   * The errors as they are written in the module, sorted.
   *
   * @param modules what names mean at the top level
   */
  static Set<String> by(List<Statement> body, Map<String, String> modules) {
    Raised raised = new Raised(modules);
    raised.walk(body);
    return raised.errors;
  }

  @Override
  protected void visit(Statement statement) {
    switch (statement) {
      case Statement.Import _, Statement.ImportFrom _ -> errors.add("ImportError");
      case Statement.Function _, Statement.ClassDefinition _ -> {}
      default -> super.visit(statement);
    }
  }

  @Override
  protected void visit(Expression expression) {
    switch (expression) {
      case Expression.Lambda _ -> {}
      case Expression.Call call -> {
        called(call);
        super.visit(expression);
      }
      default -> super.visit(expression);
    }
  }

  private void called(Expression.Call call) {
    String dotted = Dotted.of(call.function());
    String first = Dotted.first(dotted);
    String module = modules.getOrDefault(first, first);
    String full = dotted.isEmpty() ? "" : module + dotted.substring(first.length());
    boolean shadowed = modules.containsKey(first) && module.equals(first) && !full.contains(".");
    String known = shadowed ? null : CALLS.get(full);
    if (known != null && (full.indexOf('.') < 0 || modules.containsKey(first))) {
      errors.add(known);
    }
    if (full.indexOf('.') > 0 && modules.containsKey(first)) {
      String top = Dotted.first(full);
      if (BUILT_IN_OF_MODULE.containsKey(top) && !full.startsWith("os.environ")) {
        errors.add(BUILT_IN_OF_MODULE.get(top));
      }
      own(top);
      if (top.equals("subprocess")) {
        errors.add("OSError");
      }
      if (full.equals("asyncio.wait_for")) {
        errors.add(first + ".TimeoutError");
      }
    }
    if (call.function() instanceof Expression.Attribute method) {
      if (SOCKET_METHODS.contains(method.name())) {
        own("zmq", "ZMQError");
      }
      if (DATABASE_METHODS.contains(method.name())) {
        own("sqlite3");
      }
    }
  }

  private void own(String module) {
    String error = OWN_OF_MODULE.get(module);
    if (error != null) {
      own(module, error);
    }
  }

  private void own(String module, String error) {
    modules.forEach(
        (name, full) -> {
          if (full.equals(module)) {
            errors.add(name + "." + error);
          }
        });
  }
}
