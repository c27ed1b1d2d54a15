package dev.flotilla.cli.scan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.flotilla.model.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Issues and labels of one repository as GitHub's REST API has them: pages with Link headers, at
 * most three issues a page, pull requests among the issues, labels that are there already, and the
 * failures that are asked for.
 */
final class LocalGitHub implements AutoCloseable {
  private static final int PAGE = 3;
  private static final String REPOSITORY = "/repos/ana/voice";

  private final HttpServer server;
  private final List<ObjectNode> issues = new ArrayList<>();
  private final List<String> labels = new ArrayList<>(List.of("todo"));
  private final Deque<Failure> failures = new ArrayDeque<>();
  private final List<String> asked = new ArrayList<>();

  /**
   * How a write fails.
   *
   * @param after how many writes go well before
   * @param done whether it is done all the same, and only the answer is lost
   */
  record Failure(
      int after, int status, Map<String, String> headers, String message, boolean done) {}

  LocalGitHub() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  synchronized List<ObjectNode> open() {
    return issues.stream()
        .filter(i -> i.path("state").asText().equals("open") && !i.has("pull_request"))
        .toList();
  }

  synchronized List<ObjectNode> all() {
    return List.copyOf(issues);
  }

  synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  synchronized void fails(Failure failure) {
    failures.add(failure);
  }

  synchronized void pullRequest() {
    ObjectNode node = issue("A pull request", "text", "flotilla-scan");
    node.putObject("pull_request").put("url", "x");
  }

  private ObjectNode issue(String title, String body, String label) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("number", issues.size() + 1).put("title", title).put("body", body);
    node.put("state", "open").put("label", label);
    issues.add(node);
    return node;
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    String path = exchange.getRequestURI().getPath();
    asked.add(method + " " + exchange.getRequestURI());
    byte[] bytes = exchange.getRequestBody().readAllBytes();
    if (!"Bearer good".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      answer(exchange, 401, message("Bad credentials"));
      return;
    }
    if (!path.startsWith(REPOSITORY)) {
      answer(exchange, 404, message("Not Found"));
      return;
    }
    String rest = path.substring(REPOSITORY.length());
    boolean issueWrite = !method.equals("GET") && rest.startsWith("/issues");
    Failure failure = issueWrite ? failure() : null;
    if (failure != null && !failure.done) {
      failure.headers.forEach(exchange.getResponseHeaders()::set);
      answer(exchange, failure.status, message(failure.message));
      return;
    }
    JsonNode body =
        bytes.length == 0 ? Json.mapper().createObjectNode() : Json.mapper().readTree(bytes);
    Matcher one = Pattern.compile("/issues/(\\d+)").matcher(rest);
    if (method.equals("GET") && rest.equals("/issues")) {
      list(exchange);
    } else if (method.equals("POST") && rest.equals("/issues")) {
      ObjectNode node =
          issue(
              body.path("title").asText(),
              body.path("body").asText(),
              body.path("labels").path(0).asText());
      if (failure != null) {
        exchange.close();
      } else {
        answer(exchange, 201, node);
      }
    } else if (method.equals("PATCH") && one.matches()) {
      ObjectNode node = issues.get(Integer.parseInt(one.group(1)) - 1);
      node.setAll((ObjectNode) body);
      answer(exchange, 200, node);
    } else if (method.equals("POST") && rest.equals("/labels")) {
      boolean fresh = !labels.contains(body.path("name").asText());
      labels.add(body.path("name").asText());
      answer(exchange, fresh ? 201 : 422, fresh ? body : message("Validation Failed"));
    } else {
      answer(exchange, 404, message("Not Found"));
    }
  }

  private @Nullable Failure failure() {
    Failure next = failures.peek();
    if (next == null) {
      return null;
    }
    failures.remove();
    if (next.after > 0) {
      failures.addFirst(
          new Failure(next.after - 1, next.status, next.headers, next.message, next.done));
      return null;
    }
    return next;
  }

  private void list(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getQuery();
    Matcher page = Pattern.compile("&page=(\\d+)").matcher(query);
    int number = page.find() ? Integer.parseInt(page.group(1)) : 1;
    List<ObjectNode> mine =
        issues.stream().filter(i -> i.path("label").asText().equals("flotilla-scan")).toList();
    ArrayNode answer = Json.mapper().createArrayNode();
    mine.stream().skip((number - 1L) * PAGE).limit(PAGE).forEach(answer::add);
    if (number * PAGE < mine.size()) {
      String next =
          url() + exchange.getRequestURI().getPath() + "?" + query.replaceAll("&page=\\d+", "");
      exchange
          .getResponseHeaders()
          .set(
              "Link",
              "<"
                  + next
                  + "&page="
                  + (number + 1)
                  + ">; rel=\"next\", <"
                  + next
                  + "&page=9>; rel=\"last\"");
    }
    answer(exchange, 200, answer);
  }

  private static ObjectNode message(String text) {
    return Json.mapper().createObjectNode().put("message", text);
  }

  private static void answer(HttpExchange exchange, int status, JsonNode body) throws IOException {
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
