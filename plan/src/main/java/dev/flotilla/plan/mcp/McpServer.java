package dev.flotilla.plan.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.plan.PlanRefused;
import dev.flotilla.plan.desk.Desk;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves the tools to one client until its input ends. A call does not hold up the next one.
 *
 * @see <a href="https://modelcontextprotocol.io/specification">the protocol</a>
 */
public final class McpServer {
  private static final List<String> VERSIONS =
      List.of("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05");
  private static final int PARSE_ERROR = -32700;
  private static final int INVALID_REQUEST = -32600;
  private static final int NO_METHOD = -32601;
  private static final int INVALID_PARAMS = -32602;
  private static final String INSTRUCTIONS =
      "Plans have phases with gates. Work so: plan_list (view next) → plan_claim → plan_show →"
          + " plan_exec to preview, then with run=HASH → plan_check → plan_done with your"
          + " confidence. A refusal says what is missing and what to do. Say only what you"
          + " checked.";

  private final ObjectMapper json = new ObjectMapper();
  private final PrintStream out;
  private final String version;
  private final boolean named;
  private volatile Tools tools;

  /**
   * @param named whether the desk's actor was chosen; otherwise the client's name acts
   * @param out takes answers; nothing else may write to it
   */
  public McpServer(Desk desk, boolean named, String version, PrintStream out) {
    this.tools = new Tools(desk);
    this.named = named;
    this.version = version;
    this.out = out;
  }

  /** Answers until the input ends; running calls are waited for. */
  public void serve(BufferedReader in) throws IOException {
    try (ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor()) {
      String line = in.readLine();
      while (line != null) {
        if (!line.isBlank()) {
          receive(line, calls);
        }
        line = in.readLine();
      }
    }
  }

  private void receive(String line, ExecutorService calls) {
    JsonNode message;
    try {
      message = json.readTree(line);
    } catch (JsonProcessingException e) {
      error(json.nullNode(), PARSE_ERROR, "not JSON: " + e.getOriginalMessage());
      return;
    }
    JsonNode id = message.get("id");
    if (!message.isObject() || !message.path("method").isTextual()) {
      if (!message.has("result") && !message.has("error")) {
        error(id == null ? json.nullNode() : id, INVALID_REQUEST, "a message without a method");
      }
      return;
    }
    if (id == null) {
      return;
    }
    String method = message.path("method").asText();
    JsonNode params = message.path("params");
    switch (method) {
      case "initialize" -> result(id, initialize(params));
      case "ping" -> result(id, json.createObjectNode());
      case "tools/list" -> result(id, Definitions.all());
      case "tools/call" -> calls.execute(() -> call(id, params));
      default -> error(id, NO_METHOD, "no method " + method);
    }
  }

  private ObjectNode initialize(JsonNode params) {
    String wanted = params.path("protocolVersion").asText();
    String client = params.path("clientInfo").path("name").asText("");
    if (!named && !client.isBlank()) {
      tools = new Tools(tools.desk().as(client));
    }
    ObjectNode answer = json.createObjectNode();
    answer.put("protocolVersion", VERSIONS.contains(wanted) ? wanted : VERSIONS.getFirst());
    answer.putObject("capabilities").putObject("tools").put("listChanged", false);
    answer.putObject("serverInfo").put("name", "flotilla-plan").put("version", version);
    return answer.put("instructions", INSTRUCTIONS);
  }

  private void call(JsonNode id, JsonNode params) {
    ObjectNode answer = json.createObjectNode();
    try {
      ObjectNode arguments =
          params.path("arguments") instanceof ObjectNode given ? given : json.createObjectNode();
      JsonNode found = tools.call(params.path("name").asText(), arguments);
      text(answer, found, false);
    } catch (UnknownTool e) {
      error(id, INVALID_PARAMS, String.valueOf(e.getMessage()));
      return;
    } catch (PlanRefused e) {
      ObjectNode refused = json.createObjectNode();
      e.problems()
          .forEach(
              problem ->
                  refused
                      .withArray("missing")
                      .addObject()
                      .put("where", problem.where().toString())
                      .put("found", problem.found())
                      .put("expected", problem.expected())
                      .put("todo", problem.advice()));
      text(answer, refused, true);
    }
    result(id, answer);
  }

  private static void text(ObjectNode answer, JsonNode content, boolean isError) {
    answer.putArray("content").addObject().put("type", "text").put("text", content.toString());
    answer.put("isError", isError);
  }

  private void result(JsonNode id, ObjectNode result) {
    ObjectNode message = json.createObjectNode().put("jsonrpc", "2.0");
    message.set("id", id);
    message.set("result", result);
    send(message);
  }

  private void error(JsonNode id, int code, String words) {
    ObjectNode message = json.createObjectNode().put("jsonrpc", "2.0");
    message.set("id", id);
    message.putObject("error").put("code", code).put("message", words);
    send(message);
  }

  private void send(ObjectNode message) {
    synchronized (out) {
      out.println(message);
      out.flush();
    }
  }
}
