package dev.flotilla.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Fleet;
import dev.flotilla.node.api.ManifestRequest;
import dev.flotilla.node.state.NodeFile;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A running node, in the words of the fleet. Thread-safe. */
public final class NodeClient {
  private static final Duration SHORT = Duration.ofSeconds(10);
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final String DATA = "data:";

  private final NodeFile file;
  private final ObjectMapper json;
  private final NodeApi api;

  public NodeClient(NodeFile file, ObjectMapper json) {
    this.file = file;
    this.json = json;
    this.api = new NodeApi(file.port(), file.token(), json);
  }

  /** The node that keeps this state folder, when one runs. */
  public static Optional<NodeClient> running(Path stateFolder, ObjectMapper json) {
    return NodeFiles.running(stateFolder, json).map(file -> new NodeClient(file, json));
  }

  public NodeFile file() {
    return file;
  }

  public FleetStatus status() {
    JsonNode answer = api.get("/v1/status", SHORT);
    List<AgentStatus> agents = new ArrayList<>();
    answer.path("agents").forEach(agent -> agents.add(decode(agent, AgentStatus.class)));
    return new FleetStatus(
        answer.path("fleet").asText(),
        Optional.of(answer.path("trouble").asText()).filter(text -> !text.isEmpty()),
        agents);
  }

  /** What its manifest says. */
  public Fleet fleet() {
    return decode(api.get("/v1/fleet", SHORT), Fleet.class);
  }

  /** Every change from now on, until the node ends or {@code more} says no. */
  public void changes(Predicate<AgentStatus> more) {
    api.lines(
        "/v1/events",
        line ->
            !line.startsWith(DATA)
                || !line.substring(DATA.length()).strip().startsWith("{")
                || more.test(decode(tree(line.substring(DATA.length())), AgentStatus.class)));
  }

  /** Makes the node want what the manifest says. */
  public JsonNode apply(ManifestRequest request) {
    return api.post("/v1/apply", request, LONG);
  }

  /**
   * @param verb {@code start}, {@code stop} or {@code restart}
   */
  public JsonNode act(AgentId agent, String verb) {
    return api.post("/v1/agents/" + encode(agent.toString()) + "/" + verb, Map.of(), LONG);
  }

  /** Stops every agent in reverse order, then the node. Returns when all have ended. */
  public JsonNode down() {
    return api.post("/v1/down", Map.of(), LONG);
  }

  /**
   * @param tail how many of the last lines to begin with
   * @param follow whether to go on with what is logged from now on
   */
  public void logs(AgentId agent, int tail, boolean follow, Predicate<String> more) {
    api.lines(
        "/v1/agents/" + encode(agent.toString()) + "/logs?tail=" + tail + "&follow=" + follow,
        more);
  }

  /** Asks the flag store: {@code list}, {@code get}, {@code set}, {@code history}. */
  public JsonNode flags(String operation, Map<String, String> request) {
    return call("flags", operation, json.valueToTree(request), SHORT);
  }

  public JsonNode call(String service, String operation, JsonNode request, Duration patience) {
    return api.post(
        "/v1/call",
        Map.of("service", service, "operation", operation, "request", request),
        patience);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private JsonNode tree(String text) {
    try {
      return json.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <T> T decode(JsonNode tree, Class<T> type) {
    try {
      return json.treeToValue(tree, type);
    } catch (JsonProcessingException e) {
      throw CommandFailure.of(
          "an answer of the node that this version cannot read (" + e.getOriginalMessage() + ")",
          "a node of version " + dev.flotilla.model.Version.CURRENT,
          "The node runs " + file.version() + ": flotilla down, then flotilla up.");
    }
  }
}
