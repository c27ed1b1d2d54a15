package dev.flotilla.assistant.door;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.assistant.door.api.ApiError;
import dev.flotilla.assistant.door.api.ApiException;
import dev.flotilla.assistant.door.api.RequestReader;
import dev.flotilla.assistant.router.Asked;
import dev.flotilla.assistant.router.Choice;
import dev.flotilla.assistant.router.Route;
import dev.flotilla.assistant.upstream.Call;
import dev.flotilla.assistant.upstream.Reply;
import dev.flotilla.assistant.upstream.Texts;
import dev.flotilla.assistant.upstream.Usage;
import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.flags.Flags;
import dev.flotilla.kernel.http.CallOff;
import dev.flotilla.kernel.http.HttpRequest;
import dev.flotilla.kernel.http.HttpResponse;
import dev.flotilla.kernel.http.Routes;
import dev.flotilla.kernel.time.Timers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Answers OpenAI's API and explains how it did. Thread-safe. */
final class Door {
  static final String LEFT = "the client left";
  static final String LATE = "the deadline passed";
  static final String REQUEST_ID = "X-Request-Id";

  private final DoorConfig config;
  private final Admission admission;
  private final Asking asking;
  private final Supplier<Routing> routing;
  private final Flags flags;
  private final Clock clock;
  private final Timers timers;
  private final Explanations explanations = new Explanations();
  private final DoorMetrics metrics;

  /** What routes requests now. */
  record Routing(
      RoutingTable table,
      dev.flotilla.assistant.router.Examples examples,
      dev.flotilla.assistant.router.Calibration calibration) {}

  Door(
      DoorConfig config,
      Admission admission,
      Asking asking,
      Supplier<Routing> routing,
      Flags flags,
      Clock clock,
      Timers timers,
      DoorMetrics metrics) {
    this.config = config;
    this.admission = admission;
    this.asking = asking;
    this.routing = routing;
    this.flags = flags;
    this.clock = clock;
    this.timers = timers;
    this.metrics = metrics;
  }

  void routes(Routes routes) {
    routes
        .failures("/v1/", failure -> ApiError.of(failure).response())
        .post("/v1/chat/completions", request -> answer(Call.Kind.CHAT, request))
        .post("/v1/completions", request -> answer(Call.Kind.COMPLETION, request))
        .post("/v1/embeddings", request -> answer(Call.Kind.EMBEDDING, request))
        .get("/v1/models", request -> models())
        .get("/v1/models/*", this::model)
        .get(
            "/requests", request -> HttpResponse.json(Map.of("requests", explanations.newest(100))))
        .get("/requests/{id}", this::explain);
  }

  private HttpResponse answer(Call.Kind kind, HttpRequest request) throws Exception {
    Trace trace =
        new Trace("req-" + UUID.randomUUID().toString().replace("-", ""), clock.instant(), kind);
    explanations.add(trace);
    HttpResponse response;
    try {
      response = answer(kind, request, trace);
    } catch (ApiException e) {
      end(trace, e.error().status() < 500 ? "refused" : "failed", Optional.of(e.error().message()));
      response = e.error().response();
    }
    return response.header(REQUEST_ID, trace.id());
  }

  private HttpResponse answer(Call.Kind kind, HttpRequest request, Trace trace) throws Exception {
    ObjectNode body = RequestReader.read(kind, request.body());
    boolean stream = body.path("stream").asBoolean(false);
    Optional<String> model = Optional.of(body.path("model").asText("")).filter(m -> !m.isEmpty());
    trace.asked("local", model, stream);
    Instant deadline = deadline(request);
    Admission.Pass pass =
        admission.enter(priority(request), Duration.between(clock.instant(), deadline));
    boolean handedOn = false;
    try {
      trace.stage("admission");
      Routing now = routing.get();
      Call call = new Call(kind, body, stream, Duration.ZERO);
      Choice choice = choose(request, call, model, now);
      trace.routed(choice);
      List<String> chain = now.table().chain(choice, session(request, body, trace), flags);
      trace.stage("route");
      Asking.Answered answered = ask(call, chain, now.table(), trace, deadline);
      trace.answeredBy(answered.target());
      trace.stage("first");
      HttpResponse response =
          switch (answered.reply()) {
            case Reply.Whole(ObjectNode whole) -> whole(call, answered, whole, trace);
            case Reply.Chunks chunks -> {
              Relay relay = new Relay(this, call, answered, chunks, pass, trace, deadline);
              handedOn = true;
              yield HttpResponse.stream("text/event-stream; charset=utf-8", relay::write)
                  .header("Cache-Control", "no-store");
            }
          };
      return response.header("X-Flotilla-Target", answered.target());
    } finally {
      if (!handedOn) {
        pass.close();
      }
    }
  }

  private Asking.Answered ask(
      Call call, List<String> chain, RoutingTable table, Trace trace, Instant deadline)
      throws Exception {
    CallOff callOff = new CallOff();
    try (Timers.Timer _ = timer(deadline, callOff)) {
      callOff.whenClientLeaves(LEFT);
      return callOff.run(() -> asking.ask(call, chain, table, trace, deadline));
    } catch (CallOff.CalledOff e) {
      if (e.reason().equals(LEFT)) {
        throw ApiError.of(499, "client_error", "client_left", "The client left.").exception();
      }
      throw Asking.late().exception();
    }
  }

  /** Calls off at the deadline. */
  Timers.Timer timer(Instant deadline, CallOff callOff) {
    return timers.after(Duration.between(clock.instant(), deadline), () -> callOff.callOff(LATE));
  }

  private Choice choose(HttpRequest request, Call call, Optional<String> model, Routing now)
      throws ApiException {
    RoutingTable table = now.table();
    Optional<String> task = request.header("X-Flotilla-Task");
    if (model.isPresent()
        && !model.get().equals("auto")
        && !table.isTarget(model.get())
        && table.policy().named(model.get()).isEmpty()) {
      throw ApiErrors.unknownModel(model.get(), table.models()).exception();
    }
    if (task.isPresent() && table.policy().named(task.get()).isEmpty()) {
      throw ApiError.badRequest(
              "X-Flotilla-Task",
              "unknown_task",
              "The header X-Flotilla-Task names \"%s\". Expected one of %s."
                  .formatted(
                      task.get(),
                      String.join(
                          ", ", table.policy().classes().stream().map(c -> c.name()).toList())))
          .exception();
    }
    return Route.choose(
        new Asked(model, task, call.text()),
        table.policy(),
        table::isTarget,
        now.examples(),
        now.calibration());
  }

  private HttpResponse whole(Call call, Asking.Answered answered, ObjectNode body, Trace trace) {
    Usage usage =
        Usage.of(body)
            .orElseGet(
                () ->
                    new Usage(
                        Texts.tokens(call),
                        Texts.tokens(body.path("choices").toString().length()),
                        true));
    took(trace, answered.leaf(), usage);
    end(trace, "answered", Optional.empty());
    return HttpResponse.json(body);
  }

  void took(Trace trace, RoutingTable.Leaf leaf, Usage usage) {
    trace.took(usage, leaf.cost(usage.input(), usage.output()));
  }

  void end(Trace trace, String outcome, Optional<String> error) {
    Explanation soFar = trace.explanation();
    List<String> asked =
        soFar.attempts().stream().map(Explanation.Attempt::target).distinct().toList();
    trace.ended(outcome, error, asking.states(asked));
    metrics.count(trace.explanation());
  }

  void broke(String target) {
    asking.broke(target);
  }

  private Instant deadline(HttpRequest request) throws ApiException {
    Instant latest = clock.instant().plus(config.patience());
    Optional<String> header = request.header("Flotilla-Deadline");
    if (header.isEmpty()) {
      return latest;
    }
    if (!header.get().matches("\\d{1,15}")) {
      throw ApiError.badRequest(
              "Flotilla-Deadline",
              "invalid_value",
              "The header Flotilla-Deadline is \""
                  + header.get()
                  + "\". Expected milliseconds since 1970.")
          .exception();
    }
    Instant wanted = Instant.ofEpochMilli(Long.parseLong(header.get()));
    if (!wanted.isAfter(clock.instant())) {
      throw Asking.late().exception();
    }
    return wanted.isBefore(latest) ? wanted : latest;
  }

  private static int priority(HttpRequest request) throws ApiException {
    String header = request.header("X-Flotilla-Priority").orElse("normal");
    return switch (header) {
      case "high" -> 1;
      case "normal" -> 0;
      case "low" -> -1;
      default ->
          throw ApiError.badRequest(
                  "X-Flotilla-Priority",
                  "invalid_value",
                  "The header X-Flotilla-Priority is \""
                      + header
                      + "\". Expected high, normal or low.")
              .exception();
    };
  }

  private static String session(HttpRequest request, ObjectNode body, Trace trace) {
    return request
        .header("X-Flotilla-Session")
        .or(() -> Optional.of(body.path("user").asText("")).filter(u -> !u.isEmpty()))
        .orElseGet(trace::id);
  }

  private HttpResponse models() {
    ObjectNode list = JsonNodeFactory.instance.objectNode().put("object", "list");
    ArrayNode data = list.putArray("data");
    routing.get().table().models().forEach(name -> data.add(model(name)));
    return HttpResponse.json(list);
  }

  private HttpResponse model(HttpRequest request) {
    String name = request.path().substring("/v1/models/".length());
    RoutingTable table = routing.get().table();
    return table.models().contains(name) || table.isTarget(name)
        ? HttpResponse.json(model(name))
        : ApiErrors.unknownModel(name, table.models()).response();
  }

  private static ObjectNode model(String name) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", name)
        .put("object", "model")
        .put("created", 0)
        .put("owned_by", "flotilla");
  }

  private HttpResponse explain(HttpRequest request) {
    String id = request.parameter("id");
    return explanations
        .find(id)
        .map(HttpResponse::json)
        .orElseGet(
            () ->
                HttpResponse.failure(
                    Failure.notFound(
                        "no request " + id,
                        "one of the last requests, by the header " + REQUEST_ID + " of its answer",
                        "See /requests; older ones are forgotten, and all at a restart.")));
  }
}
