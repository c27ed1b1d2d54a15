package dev.flotilla.scan.read;

import dev.flotilla.scan.facts.Fact;
import dev.flotilla.scan.facts.Hole;
import dev.flotilla.scan.python.Expression;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sockets that are bound and connected, servers that are started, services that are called. */
final class Endpoints {
  private static final Set<String> HTTP_VERBS =
      Set.of("get", "post", "put", "delete", "patch", "head", "request", "ws_connect");

  private Endpoints() {}

  static void check(Expression.Call call, Context context) {
    String full = context.qualified(call.function());
    String last = call.function() instanceof Expression.Attribute a ? a.name() : Dotted.last(full);
    switch (last) {
      case "bind" -> socket(call, "bind", context);
      case "connect" -> {
        if (full.startsWith("nats.") || full.equals("websockets.connect")) {
          address(call, "connect", full.startsWith("nats.") ? "nats" : "http", context);
        } else {
          socket(call, "connect", context);
        }
      }
      case "run", "run_app", "serve_forever", "run_simple" -> server(call, full, context);
      case "start_http_server" -> port(call, 0, "bind", "metrics", context);
      case "HTTPServer", "ThreadingHTTPServer", "TCPServer", "ThreadingTCPServer" ->
          pair(call, "bind", last.startsWith("TCP") ? "tcp" : "http", context);
      case "start_server", "serve" -> {
        if (full.startsWith("asyncio.") || full.startsWith("websockets.")) {
          hostPort(call, 1, "bind", full.startsWith("asyncio.") ? "tcp" : "http", context);
        }
      }
      case "add_insecure_port", "add_secure_port" -> address(call, "bind", "grpc", context);
      case "insecure_channel", "secure_channel" -> address(call, "connect", "grpc", context);
      case "Redis", "StrictRedis", "ConnectionPool" -> {
        if (full.contains("redis")) {
          redis(call, context);
        }
      }
      case "from_url" -> {
        if (full.contains("edis")) {
          address(call, "connect", "redis", context);
        }
      }
      case "create_connection" -> pair(call, "connect", "tcp", context);
      default -> {
        boolean http =
            HTTP_VERBS.contains(last)
                && (full.startsWith("requests.")
                    || full.startsWith("httpx.")
                    || full.contains("session")
                    || full.contains("client"));
        if (http && !call.arguments().isEmpty()) {
          String text = context.text(call.arguments().getFirst());
          if (text.startsWith("http://")
              || text.startsWith("https://")
              || text.startsWith("ws://")) {
            add(call, "connect", "", text, "http", context);
          }
        }
      }
    }
  }

  private static void socket(Expression.Call call, String role, Context context) {
    if (call.arguments().isEmpty() || !(call.function() instanceof Expression.Attribute method)) {
      return;
    }
    Expression argument = call.arguments().getFirst();
    String type = socketType(method.value(), context);
    if (argument instanceof Expression.Sequence tuple
        && tuple.form() == Expression.Sequence.Form.TUPLE) {
      pair(call, role, "tcp", context);
      return;
    }
    String text = context.text(argument);
    boolean address =
        text.startsWith("tcp://")
            || text.startsWith("ipc://")
            || text.startsWith("inproc://")
            || text.startsWith("ws://");
    if (address) {
      add(call, role, type, text, "zmq", context);
    } else if (!type.isEmpty()) {
      add(call, role, type, text, "zmq", context);
    } else if (looksLikeSocket(method.value()) && Hole.only(text).isPresent()) {
      add(call, role, "", text, "zmq", context);
    }
  }

  private static boolean looksLikeSocket(Expression receiver) {
    String name =
        receiver instanceof Expression.Attribute a ? a.name() : Dotted.last(Dotted.of(receiver));
    return name.toLowerCase(java.util.Locale.ROOT).contains("sock");
  }

  /** REP, PUB and so on, when the socket was made by {@code context.socket(zmq.REP)}. */
  private static String socketType(Expression receiver, Context context) {
    Optional<Bindings.Bound> bound = context.definition(receiver);
    if (bound.isPresent()
        && bound.get().value() instanceof Expression.Call made
        && made.function() instanceof Expression.Attribute method
        && method.name().equals("socket")
        && !made.arguments().isEmpty()
        && made.arguments().getFirst() instanceof Expression.Attribute type
        && type.name().matches("[A-Z]{3,6}")) {
      return type.name();
    }
    return "";
  }

  private static void server(Expression.Call call, String full, Context context) {
    Optional<Expression> port = call.keyword("port");
    boolean known = full.equals("uvicorn.run") || full.endsWith("web.run_app");
    if (port.isEmpty() || !(known || full.endsWith(".run"))) {
      return;
    }
    String host = call.keyword("host").map(context::text).orElse("127.0.0.1");
    add(call, "bind", "", "http://" + host + ":" + context.text(port.get()), "http", context);
  }

  private static void redis(Expression.Call call, Context context) {
    List<Expression> arguments = call.arguments();
    String host =
        call.keyword("host")
            .or(() -> arguments.isEmpty() ? Optional.empty() : Optional.of(arguments.getFirst()))
            .map(context::text)
            .orElse("localhost");
    String port =
        call.keyword("port")
            .or(() -> arguments.size() < 2 ? Optional.empty() : Optional.of(arguments.get(1)))
            .map(context::text)
            .orElse("6379");
    add(call, "connect", "", "redis://" + host + ":" + port, "redis", context);
  }

  private static void port(
      Expression.Call call, int index, String role, String protocol, Context context) {
    Optional<Expression> port =
        call.arguments().size() > index
            ? Optional.of(call.arguments().get(index))
            : call.keyword("port");
    port.ifPresent(
        p -> add(call, role, "", protocol + "://*:" + context.text(p), protocol, context));
  }

  private static void hostPort(
      Expression.Call call, int index, String role, String protocol, Context context) {
    List<Expression> arguments = call.arguments();
    Optional<Expression> port =
        call.keyword("port")
            .or(
                () ->
                    arguments.size() > index + 1
                        ? Optional.of(arguments.get(index + 1))
                        : Optional.empty());
    Optional<Expression> host =
        call.keyword("host")
            .or(
                () ->
                    arguments.size() > index
                        ? Optional.of(arguments.get(index))
                        : Optional.empty());
    port.ifPresent(
        p ->
            add(
                call,
                role,
                "",
                protocol + "://" + host.map(context::text).orElse("*") + ":" + context.text(p),
                protocol,
                context));
  }

  private static void pair(Expression.Call call, String role, String protocol, Context context) {
    if (!call.arguments().isEmpty()
        && call.arguments().getFirst() instanceof Expression.Sequence tuple
        && tuple.elements().size() == 2) {
      String host = context.text(tuple.elements().get(0));
      String port = context.text(tuple.elements().get(1));
      String text = protocol + "://" + (host.isEmpty() ? "*" : host) + ":" + port;
      add(call, role, "", text, protocol, context);
    }
  }

  private static void address(Expression.Call call, String role, String protocol, Context context) {
    if (!call.arguments().isEmpty()) {
      add(call, role, "", context.text(call.arguments().getFirst()), protocol, context);
    }
  }

  private static void add(
      Expression.Call call,
      String role,
      String type,
      String text,
      String protocol,
      Context context) {
    context.fact(Fact.Kind.ENDPOINT, call, role, type, text.strip(), protocol);
  }
}
