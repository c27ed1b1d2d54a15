package dev.flotilla.node.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.flags.FlagOperations;
import dev.flotilla.kernel.http.HttpRequest;
import dev.flotilla.kernel.http.HttpResponse;
import dev.flotilla.kernel.http.Routes;
import dev.flotilla.kernel.operation.Calls;
import dev.flotilla.kernel.wire.Wire;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Problem;
import dev.flotilla.node.state.NodeException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The routes of the local API. */
public final class LocalApi {
  private static final Duration CALL = Duration.ofSeconds(30);

  private final NodeControl node;
  private final StatusFeed feed;
  private final Supplier<Calls> calls;

  public LocalApi(NodeControl node, StatusFeed feed, Supplier<Calls> calls) {
    this.node = node;
    this.feed = feed;
    this.calls = calls;
  }

  /** All routes, to be listened on with a token. */
  public Routes routes() {
    return new Routes()
        .get("/v1/status", request -> status())
        .get("/v1/fleet", request -> HttpResponse.json(node.fleet()))
        .get(
            "/v1/events",
            request -> HttpResponse.events(stream -> feed.serve(stream, node::statuses)))
        .post("/v1/apply", this::apply)
        .post("/v1/down", request -> down())
        .post("/v1/agents/{agent}/start", request -> agent(node.start(id(request))))
        .post("/v1/agents/{agent}/stop", request -> agent(node.stop(id(request))))
        .post("/v1/agents/{agent}/restart", request -> agent(node.restart(id(request))))
        .get("/v1/agents/{agent}/logs", this::logs)
        .get("/v1/flags", request -> flags("list", Map.of()))
        .get("/v1/flags/{flag}", request -> flags("get", flag(request)))
        .put("/v1/flags/{flag}", this::setFlag)
        .get("/v1/flags/{flag}/history", request -> flags("history", flag(request)))
        .post("/v1/call", this::call);
  }

  private HttpResponse status() {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("fleet", node.fleet().name());
    answer.put("machine", node.machine());
    answer.put("limits", node.limits());
    if (!node.trouble().isEmpty()) {
      answer.put("trouble", node.trouble());
    }
    answer.put("agents", node.statuses());
    return HttpResponse.json(answer);
  }

  private static HttpResponse agent(AgentStatus status) {
    return HttpResponse.json(status);
  }

  private HttpResponse apply(HttpRequest request) {
    try {
      List<Problem> warnings = node.apply(body(request, ManifestRequest.class));
      return HttpResponse.json(Map.of("fleet", node.fleet().name(), "warnings", warnings));
    } catch (NodeException e) {
      Problem first = e.problems().getFirst();
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put(
          "error",
          Failure.of(Failure.Kind.BAD_REQUEST, first.found(), first.expected(), first.advice()));
      answer.put("problems", e.problems());
      return HttpResponse.json(answer).status(Failure.Kind.BAD_REQUEST.code());
    }
  }

  private HttpResponse down() throws InterruptedException {
    int agents = node.statuses().size();
    node.down();
    return HttpResponse.json(Map.of("fleet", node.fleet().name(), "stopped", agents));
  }

  private HttpResponse logs(HttpRequest request) {
    String tail = request.query("tail").orElse("20");
    if (!tail.matches("\\d{1,9}")) {
      throw Failure.badRequest(
              "tail", "\"" + tail + "\"", "a number of lines from 0", "Such as ?tail=20.")
          .exception();
    }
    boolean follow = request.query("follow").orElse("false").equals("true");
    LogStream stream = new LogStream(node.log(id(request)), Integer.parseInt(tail), follow);
    return HttpResponse.stream("text/plain; charset=utf-8", stream::write);
  }

  private record Call(String service, String operation, JsonNode request) {}

  private HttpResponse call(HttpRequest request) {
    Call call = body(request, Call.class);
    return HttpResponse.json(
        calls
            .get()
            .within(CALL)
            .call(call.service(), call.operation(), call.request(), JsonNode.class));
  }

  private record NewSetting(String to, Optional<String> who, Optional<String> reason) {}

  private HttpResponse setFlag(HttpRequest request) {
    NewSetting setting = body(request, NewSetting.class);
    return flags(
        "set",
        new FlagOperations.Setting(
            request.parameter("flag"),
            setting.to(),
            setting.who().or(() -> Optional.of("somebody at the node's API")),
            setting.reason()));
  }

  private static FlagOperations.Which flag(HttpRequest request) {
    return new FlagOperations.Which(request.parameter("flag"));
  }

  /** Of the fleet's one store, which may be another node's. */
  private HttpResponse flags(String operation, Object question) {
    return HttpResponse.json(
        calls.get().call(FlagOperations.SERVICE, operation, question, JsonNode.class));
  }

  /** The agent a path names; a bare name is one of this machine. */
  private AgentId id(HttpRequest request) {
    AgentId id = AgentId.parse(request.parameter("agent"), node.machine());
    boolean known = node.statuses().stream().anyMatch(status -> status.id().equals(id));
    if (!known) {
      boolean elsewhere = node.fleet().agents().containsKey(id);
      throw Failure.notFound(
              elsewhere ? id + " runs on another machine" : "no agent " + id,
              "an agent of this machine (" + node.machine() + ")",
              elsewhere ? "Ask the node of that machine." : "See flotilla status.")
          .exception();
    }
    return id;
  }

  private static <T> T body(HttpRequest request, Class<T> type) {
    try {
      return Wire.read(request.body().length == 0 ? new byte[] {'{', '}'} : request.body(), type);
    } catch (UncheckedIOException e) {
      throw Failure.badRequest(
              "body",
              String.valueOf(e.getCause() == null ? e.getMessage() : e.getCause().getMessage()),
              "JSON of the documented shape",
              "See docs/json.md.")
          .exception();
    }
  }
}
