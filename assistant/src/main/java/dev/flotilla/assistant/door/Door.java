package dev.flotilla.assistant.door;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.assistant.door.api.ApiError;
import dev.flotilla.assistant.door.api.ApiException;
import dev.flotilla.assistant.door.api.RequestReader;
import dev.flotilla.assistant.door.api.ResponsesApi;
import dev.flotilla.assistant.door.keys.Key;
import dev.flotilla.assistant.door.keys.Ledger;
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
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Answers OpenAI's API and explains how it did. Thread-safe. */
final class Door {
  static final String REQUEST_ID = "X-Request-Id";

  private final DoorConfig config;
  private final Admission admission;
  private final Asking asking;
  private final Visitor visitor;
  private final Supplier<Routing> routing;
  private final Flags flags;
  private final Clock clock;
  private final Wards wards;
  private final AmbiguousLog ambiguous;
  private final Repeats repeats = new Repeats();
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
      Visitor visitor,
      AmbiguousLog ambiguous,
      Supplier<Routing> routing,
      Flags flags,
      Clock clock,
      Timers timers,
      DoorMetrics metrics) {
    this.config = config;
    this.admission = admission;
    this.asking = asking;
    this.visitor = visitor;
    this.ambiguous = ambiguous;
    this.routing = routing;
    this.flags = flags;
    this.clock = clock;
    this.wards = new Wards(timers, clock);
    this.metrics = metrics;
  }

  void routes(Routes routes) {
    routes
        .failures("/v1/", failure -> ApiError.of(failure).response())
        .post("/v1/chat/completions", request -> answer(Api.CHAT, request))
        .post("/v1/completions", request -> answer(Api.COMPLETIONS, request))
        .post("/v1/embeddings", request -> answer(Api.EMBEDDINGS, request))
        .post("/v1/responses", request -> answer(Api.RESPONSES, request))
        .post("/v1/audio/*", request -> noAudio().response())
        .get("/v1/models", request -> models())
        .get("/v1/models/*", this::model)
        .get(
            "/requests", request -> HttpResponse.json(Map.of("requests", explanations.newest(100))))
        .get("/requests/{id}", this::explain);
  }

  /** The APIs that are answered. */
  private enum Api {
    CHAT(Call.Kind.CHAT),
    COMPLETIONS(Call.Kind.COMPLETION),
    EMBEDDINGS(Call.Kind.EMBEDDING),
    RESPONSES(Call.Kind.CHAT);

    private final Call.Kind kind;

    Api(Call.Kind kind) {
      this.kind = kind;
    }
  }

  /** What a request holds while it is inside. */
  record Admitted(
      Admission.Pass pass, Key key, AtomicReference<Optional<Ledger.Reservation>> budget)
      implements AutoCloseable {
    @Override
    public void close() {
      pass.close();
      budget.get().ifPresent(reservation -> reservation.settle(0, 0));
    }
  }

  private HttpResponse answer(Api api, HttpRequest request) throws Exception {
    Trace trace =
        new Trace(
            "req-" + UUID.randomUUID().toString().replace("-", ""), clock.instant(), api.kind);
    explanations.add(trace);
    HttpResponse response;
    try {
      Key key = visitor.of(request);
      Optional<String> repeat = request.header("Idempotency-Key");
      if (repeat.isPresent() && (repeat.get().isBlank() || repeat.get().length() > 255)) {
        throw Repeats.blank();
      }
      response =
          repeat.isEmpty()
              ? answer(api, request, key, trace)
              : repeats.once(
                  key.name() + "\n" + request.path() + "\n" + repeat.get(),
                  request.body(),
                  () -> answer(api, request, key, trace));
    } catch (ApiException e) {
      end(trace, e.error().status() < 500 ? "refused" : "failed", Optional.of(e.error().message()));
      response = e.error().response();
    } catch (RuntimeException e) {
      end(trace, "failed", Optional.of("a fault in the door"));
      throw e;
    }
    return response.headers().containsKey(REQUEST_ID)
        ? response
        : response.header(REQUEST_ID, trace.id());
  }

  private HttpResponse answer(Api api, HttpRequest request, Key key, Trace trace) throws Exception {
    ObjectNode body = body(api, request);
    boolean stream = body.path("stream").asBoolean(false);
    Optional<String> model = Optional.of(body.path("model").asText("")).filter(m -> !m.isEmpty());
    trace.asked(key.name(), model, stream);
    Visitor.mayAsk(key, api.kind, model);
    Instant deadline = deadline(request);
    Admitted admitted =
        new Admitted(
            admission.enter(priority(request), Duration.between(clock.instant(), deadline)),
            key,
            new AtomicReference<>(Optional.empty()));
    boolean handedOn = false;
    try {
      trace.stage("admission");
      Routing now = routing.get();
      Call call = new Call(api.kind, body, stream, Duration.ZERO);
      Choice choice = choose(request, call, model, now);
      trace.routed(choice);
      ambiguous.note(trace.id(), choice, call.text());
      List<String> chain = chain(request, call, choice, now.table(), admitted, trace);
      trace.stage("route");
      Asking.Answered answered =
          ask(
              call,
              chain,
              now.table(),
              trace,
              within(deadline, choice, now.table()),
              now.table().policy().named(choice.taskClass()).flatMap(t -> t.quality()));
      trace.answeredBy(answered.target());
      trace.stage("first");
      HttpResponse response =
          switch (answered.reply()) {
            case Reply.Whole(ObjectNode whole) ->
                whole(api, call, answered, whole, trace, admitted);
            case Reply.Chunks chunks -> {
              StreamForm form =
                  api == Api.RESPONSES
                      ? new ResponsesForm(trace.id())
                      : StreamForm.chat(
                          body.path("stream_options").path("include_usage").asBoolean(false));
              Relay relay =
                  new Relay(this, call, answered, chunks, admitted, trace, deadline, form);
              handedOn = true;
              yield HttpResponse.stream("text/event-stream; charset=utf-8", relay::write)
                  .header("Cache-Control", "no-store");
            }
          };
      return response.header("X-Flotilla-Target", answered.target()).header(REQUEST_ID, trace.id());
    } finally {
      if (!handedOn) {
        admitted.close();
      }
    }
  }

  private static ObjectNode body(Api api, HttpRequest request) throws ApiException {
    if (api == Api.RESPONSES) {
      return RequestReader.checked(
          api.kind, ResponsesApi.chat(RequestReader.object(request.body())));
    }
    return RequestReader.read(api.kind, request.body());
  }

  /** Who is asked, in turn, as far as the key and the task's ceiling of cost allow. */
  private List<String> chain(
      HttpRequest request,
      Call call,
      Choice choice,
      RoutingTable table,
      Admitted admitted,
      Trace trace)
      throws ApiException {
    List<String> all = table.chain(choice, session(request, call.body(), trace), flags);
    List<String> may = Visitor.mayBeAnsweredBy(admitted.key(), all, choice.taskClass());
    Optional<Double> most = table.policy().named(choice.taskClass()).flatMap(t -> t.mostCost());
    List<String> chain = may.stream().filter(t -> affordable(t, call, most, table, trace)).toList();
    if (chain.isEmpty()) {
      throw ApiError.of(
              503,
              "server_error",
              "no_target",
              may.isEmpty()
                  ? "No target is left to ask: the flag or the weights of the task lead to none."
                  : "Every target of the task %s would cost more than %s for this request."
                      .formatted(choice.taskClass(), most.orElse(0.0)))
          .exception();
    }
    admitted
        .budget()
        .set(
            Optional.of(
                visitor.reserve(admitted.key(), call, table.leaf(chain.getFirst()).orElseThrow())));
    return chain;
  }

  private static boolean affordable(
      String target, Call call, Optional<Double> most, RoutingTable table, Trace trace) {
    long output = call.body().path("max_tokens").asLong(256);
    double cost = table.leaf(target).orElseThrow().cost(Texts.tokens(call), output);
    if (most.isPresent() && cost > most.get()) {
      trace.passedOver(target, "it would cost about %.6f, over %.6f".formatted(cost, most.get()));
      return false;
    }
    return true;
  }

  private Instant within(Instant deadline, Choice choice, RoutingTable table) {
    return table
        .policy()
        .named(choice.taskClass())
        .flatMap(task -> task.mostLatency())
        .map(most -> clock.instant().plus(most))
        .filter(latest -> latest.isBefore(deadline))
        .orElse(deadline);
  }

  private static ApiError noAudio() {
    return ApiError.of(
        501,
        "server_error",
        "not_implemented",
        "This door has no speech yet: neither transcription nor speech is answered. Ask in text at"
            + " /v1/chat/completions.");
  }

  private Asking.Answered ask(
      Call call,
      List<String> chain,
      RoutingTable table,
      Trace trace,
      Instant deadline,
      Optional<Double> quality)
      throws Exception {
    CallOff callOff = new CallOff();
    try (Wards.Ward _ = wards.take(callOff, deadline)) {
      return callOff.run(() -> asking.ask(call, chain, table, trace, deadline, quality));
    } catch (CallOff.CalledOff e) {
      if (e.reason().equals(Wards.LEFT)) {
        throw ApiError.of(499, "client_error", "client_left", "The client left.").exception();
      }
      throw Asking.late().exception();
    }
  }

  Duration left(Instant deadline) {
    return Duration.between(clock.instant(), deadline);
  }

  Wards wards() {
    return wards;
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

  private HttpResponse whole(
      Api api,
      Call call,
      Asking.Answered answered,
      ObjectNode body,
      Trace trace,
      Admitted admitted) {
    Usage usage =
        Usage.of(body)
            .orElseGet(
                () ->
                    new Usage(
                        Texts.tokens(call),
                        Texts.tokens(body.path("choices").toString().length()),
                        true));
    took(trace, answered.leaf(), usage, admitted);
    end(trace, "answered", Optional.empty());
    return HttpResponse.json(api == Api.RESPONSES ? ResponsesApi.response(body, trace.id()) : body);
  }

  /** Accounts for a request, however it ended. */
  void took(Trace trace, RoutingTable.Leaf leaf, Usage usage, Admitted admitted) {
    double cost = leaf.cost(usage.input(), usage.output());
    trace.took(usage, cost);
    admitted
        .budget()
        .get()
        .ifPresent(budget -> visitor.took(admitted.key(), budget, usage.total(), cost));
  }

  void end(Trace trace, String outcome, Optional<String> error) {
    trace.ended(outcome, error, asking.states(trace.targets()));
    trace.count(metrics);
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
