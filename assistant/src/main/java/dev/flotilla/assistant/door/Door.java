package dev.flotilla.assistant.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.assistant.door.answers.AnswerCache;
import dev.flotilla.assistant.door.answers.Visit;
import dev.flotilla.assistant.door.api.ApiException;
import dev.flotilla.assistant.door.keys.Key;
import dev.flotilla.assistant.router.Choice;
import dev.flotilla.assistant.tracing.Tracing;
import dev.flotilla.assistant.upstream.Call;
import dev.flotilla.assistant.upstream.Replay;
import dev.flotilla.assistant.upstream.Reply;
import dev.flotilla.assistant.upstream.Usage;
import dev.flotilla.kernel.flags.Flags;
import dev.flotilla.kernel.http.CallOff;
import dev.flotilla.kernel.http.HttpRequest;
import dev.flotilla.kernel.http.HttpResponse;
import dev.flotilla.kernel.http.Routes;
import dev.flotilla.kernel.time.Timers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Answers OpenAI's API and explains how it did. Thread-safe. */
final class Door {
  static final String REQUEST_ID = "X-Request-Id";

  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

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
  private final Settlement settlement;
  private final AnswerCache answers;
  private final Tracing tracing;

  Door(
      DoorConfig config,
      Admission admission,
      Asking asking,
      Visitor visitor,
      AmbiguousLog ambiguous,
      AnswerCache answers,
      Supplier<Routing> routing,
      Flags flags,
      Clock clock,
      Timers timers,
      DoorMetrics metrics,
      Tracing tracing) {
    this.config = config;
    this.admission = admission;
    this.asking = asking;
    this.visitor = visitor;
    this.ambiguous = ambiguous;
    this.answers = answers;
    this.routing = routing;
    this.flags = flags;
    this.clock = clock;
    this.wards = new Wards(timers, clock);
    this.settlement = new Settlement(visitor, asking, metrics, explanations);
    this.tracing = tracing;
  }

  void routes(Routes routes) {
    routes
        .failures("/v1/", failure -> ApiErrors.ofTheListener(failure).response())
        .admit("/v1/", visitor::knows)
        .post("/v1/chat/completions", request -> answer(Api.CHAT, request))
        .post("/v1/completions", request -> answer(Api.COMPLETIONS, request))
        .post("/v1/embeddings", request -> answer(Api.EMBEDDINGS, request))
        .post("/v1/responses", request -> answer(Api.RESPONSES, request))
        .post("/v1/audio/*", request -> ApiErrors.NO_AUDIO.response());
    new ModelList(routing, visitor).routes(routes);
    explanations.routes(routes, visitor);
  }

  /** Lets nobody in, gives those inside some time, and then says to each that it is over. */
  void drain() {
    if (!admission.drain(config.drain())) {
      wards.close();
      var _ = admission.drain(LAST_WORDS);
    }
  }

  private static String newId() {
    Random random = ThreadLocalRandom.current();
    HexFormat hex = HexFormat.of();
    return "req-" + hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
  }

  private HttpResponse answer(Api api, HttpRequest request) throws Exception {
    long begun = System.nanoTime();
    Trace trace = new Trace(newId(), clock.instant(), api.kind(), tracing.begin(request));
    explanations.begun(trace);
    HttpResponse response;
    Optional<Key> known = Optional.empty();
    try {
      Key key = visitor.of(request);
      known = Optional.of(key);
      Optional<String> repeat = request.header("Idempotency-Key");
      response =
          repeat.isEmpty()
              ? answer(api, request, key, trace)
              : repeats.once(
                  key.name() + "\n" + request.path(),
                  repeat.get(),
                  request.body(),
                  answer ->
                      waited(
                          Wishes.of(request, clock.instant(), config.patience()).deadline(),
                          answer),
                  () -> answer(api, request, key, trace),
                  trace::answered);
    } catch (ApiException e) {
      int status = e.error().status();
      settlement.end(
          trace, status, status < 500 ? "refused" : "failed", Optional.of(e.error().message()));
      response = e.error().response();
    } catch (Exception e) {
      settlement.end(trace, 500, "failed", Optional.of("a fault in the door"));
      throw e;
    }
    Map<String, String> headers = new LinkedHashMap<>(response.headers());
    known.ifPresent(key -> visitor.limits(key, headers));
    if (!headers.computeIfAbsent(REQUEST_ID, name -> trace.id()).equals(trace.id())) {
      explanations.forget(trace);
    }
    headers.put("OpenAI-Processing-Ms", Long.toString((System.nanoTime() - begun) / 1_000_000));
    return new HttpResponse(response.status(), response.contentType(), headers, response.body());
  }

  private HttpResponse answer(Api api, HttpRequest request, Key key, Trace trace) throws Exception {
    Api.Read read = api.read(request);
    ObjectNode body = read.body();
    Optional<String> model = Optional.of(body.path("model").asText("")).filter(m -> !m.isEmpty());
    trace.asked(key.name(), model, read.stream());
    Visitor.mayAsk(key, api.kind(), model);
    Wishes wishes = Wishes.of(request, clock.instant(), config.patience());
    Admitted admitted = new Admitted(enter(wishes), key);
    boolean handedOn = false;
    try {
      trace.stage("admission");
      trace.span().admitted();
      Call call = new Call(api.kind(), body, read.stream(), Duration.ZERO);
      RoutePlan plan = plan(wishes, call, model, key, trace);
      trace.stage("route");
      Visit visit =
          answers.visit(key.identity(), plan.chain(), call, request.header("Cache-Control"));
      trace.cache(visit.told());
      if (visit.answer().isPresent()) {
        HttpResponse again = again(read.wording(), call, visit.answer().get(), trace);
        return again.header("X-Flotilla-Cache", "hit").header(REQUEST_ID, trace.id());
      }
      admitted.budget().set(Optional.of(visitor.reserve(key, call, plan.first())));
      Asking.Answered answered = ask(call, plan, trace);
      trace.answeredBy(answered.target());
      trace.stage("first");
      HttpResponse response =
          switch (answered.reply()) {
            case Reply.Whole(ObjectNode whole) ->
                whole(read.wording(), call, answered, whole, trace, admitted, visit);
            case Reply.Chunks chunks -> {
              Relay relay =
                  new Relay(
                      settlement,
                      wards,
                      clock,
                      call,
                      answered,
                      visit.listening(api.kind(), answered.target(), chunks, answered.begun()),
                      admitted,
                      trace,
                      wishes.deadline(),
                      read.wording().stream(trace.id()));
              handedOn = true;
              yield HttpResponse.stream("text/event-stream; charset=utf-8", relay::write)
                  .header("Cache-Control", "no-store");
            }
          };
      return response.headers(
          Map.of("X-Flotilla-Target", answered.target(), REQUEST_ID, trace.id()));
    } finally {
      if (!handedOn) {
        admitted.close();
      }
    }
  }

  /** Decides who is asked. */
  private RoutePlan plan(Wishes wishes, Call call, Optional<String> model, Key key, Trace trace)
      throws ApiException {
    Routing now = routing.get();
    Choice choice = RoutePlan.choose(wishes, call, model, now);
    trace.routed(choice);
    ambiguous.note(trace.id(), choice, call.text());
    return RoutePlan.of(choice, wishes, call, key, now.table(), flags, clock.instant(), trace);
  }

  private Asking.Answered ask(Call call, RoutePlan plan, Trace trace) throws Exception {
    return waited(plan.deadline(), () -> asking.ask(call, plan, trace));
  }

  private Admission.Pass enter(Wishes wishes) throws Exception {
    Optional<Admission.Pass> now = admission.atOnce();
    if (now.isPresent()) {
      return now.get();
    }
    Instant deadline = wishes.deadline();
    return waited(
        deadline,
        () -> admission.enter(wishes.priority(), Duration.between(clock.instant(), deadline)));
  }

  /** Waits for something while its client does, and until the deadline at most. */
  private <T> T waited(Instant deadline, Callable<T> action) throws Exception {
    CallOff callOff = new CallOff();
    try (Wards.Ward _ = wards.take(callOff, deadline)) {
      return callOff.run(action);
    } catch (CallOff.CalledOff e) {
      throw ApiErrors.calledOff(e.reason()).exception();
    }
  }

  private HttpResponse whole(
      Wording wording,
      Call call,
      Asking.Answered answered,
      ObjectNode body,
      Trace trace,
      Admitted admitted,
      Visit visit) {
    visit.keeper().keep(answered.target(), body);
    Usage usage =
        Usage.of(body)
            .orElseGet(() -> Usage.byLength(call, body.path("choices").toString().length()));
    settlement.took(trace, answered.leaf(), usage, admitted);
    answered.span().answered(body, usage, () -> body.path("choices").toString());
    settlement.end(trace, 200, "answered", Optional.empty());
    return HttpResponse.json(wording.whole(body, usage, trace.id()));
  }

  /** An answer that was given before; it takes nothing of the key's budget. */
  private HttpResponse again(Wording wording, Call call, ObjectNode whole, Trace trace) {
    trace.answeredBy("cache");
    trace.stage("first");
    Usage usage = Usage.of(whole).orElse(Usage.NONE);
    if (!call.stream()) {
      settlement.end(trace, 200, "answered", Optional.empty());
      return HttpResponse.json(wording.whole(whole, usage, trace.id()));
    }
    StreamForm form = wording.stream(trace.id());
    return HttpResponse.stream(
            "text/event-stream; charset=utf-8",
            out -> {
              for (Reply.Chunk part : Replay.parts(call.kind(), whole)) {
                form.part(part, out);
              }
              form.end(usage, out);
              out.flush();
              settlement.end(trace, 200, "answered", Optional.empty());
            })
        .header("Cache-Control", "no-store");
  }
}
