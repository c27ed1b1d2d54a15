package dev.flotilla.assistant.door;

import dev.flotilla.assistant.door.RoutingTable.Leaf;
import dev.flotilla.assistant.door.api.ApiError;
import dev.flotilla.assistant.door.api.ApiException;
import dev.flotilla.assistant.router.Attempts;
import dev.flotilla.assistant.router.Attempts.TargetState;
import dev.flotilla.assistant.tracing.AttemptSpan;
import dev.flotilla.assistant.upstream.BuiltIn;
import dev.flotilla.assistant.upstream.Call;
import dev.flotilla.assistant.upstream.Reply;
import dev.flotilla.assistant.upstream.UpstreamException;
import dev.flotilla.assistant.upstream.Usage;
import dev.flotilla.kernel.operation.Breakers;
import dev.flotilla.model.Router;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the targets of a chain until one answers, each behind its breaker and after its cool-down.
 * Both go by the name that was asked for, {@code target/model} where a client may name the model: a
 * server may be unable to load one model, or limit it, and answer with all others. Thread-safe.
 */
final class Asking {
  private static final Logger log = LoggerFactory.getLogger(Asking.class);
  private static final int MOST_HELD_BACK = 8;

  private final Breakers breakers;
  private final Clock clock;
  private final DoubleSupplier random;
  private final CoolDowns coolDowns;

  Asking(Breakers breakers, Clock clock, DoubleSupplier random) {
    this.breakers = breakers;
    this.clock = clock;
    this.random = random;
    coolDowns = new CoolDowns(clock);
  }

  /**
   * An answer, or its beginning.
   *
   * @param target as it was named
   * @param begun the first parts of a stream, up to the first that says something
   * @param span open until the answer is whole
   */
  record Answered(
      String target, Leaf leaf, Reply reply, List<Reply.Chunk> begun, AttemptSpan span) {}

  /**
   * @throws ApiException when nobody answers
   * @throws InterruptedException when it was called off while it rested
   */
  Answered ask(Call call, RoutePlan plan, Trace trace)
      throws ApiException, InterruptedException, UpstreamException {
    List<String> chain = plan.chain();
    List<Attempts.Attempt> soFar = new ArrayList<>();
    Map<String, UpstreamException> failures = new HashMap<>();
    Set<String> closed = new HashSet<>();
    Optional<Answered> lesser = Optional.empty();
    resting(chain, trace);
    while (true) {
      Optional<Attempts.Next> next =
          Attempts.next(
              chain, states(chain, closed), soFar, false, clock.instant(), random.getAsDouble());
      if (next.isEmpty()) {
        if (lesser.isPresent()) {
          return lesser.get();
        }
        return lastResort(call, chain, failures);
      }
      String target = next.get().target();
      Duration rest = next.get().rest();
      Duration left = Duration.between(clock.instant(), plan.deadline()).minus(rest);
      if (!left.isPositive()) {
        throw late().exception();
      }
      if (rest.isPositive()) {
        Thread.sleep(rest);
      }
      Leaf leaf = plan.table().leaf(target).orElseThrow();
      if (!breakers.permits(target)) {
        closed.add(target);
        trace.passedOver(target, "its breaker is " + breakers.state(target));
        continue;
      }
      long since = System.nanoTime();
      Breakers.End end = Breakers.End.UNCOUNTED;
      AttemptSpan span = trace.span().attempt(target, leaf.upstream().about(), call);
      try {
        Answered answered = begin(target, leaf, call, left, carried(span, plan.deadline()), span);
        end = Breakers.End.SUCCESS;
        Optional<String> lack = lack(call, answered, plan, left, trace);
        if (lack.isEmpty() || target.equals(chain.getLast())) {
          lesser.ifPresent(weaker -> weaker(call, weaker, trace));
          trace.tried(target, "answered", next.get().reason(), rest, since);
          return answered;
        }
        span.failed("too_weak", lack.get());
        trace.tried(target, "too weak", lack.get(), rest, since);
        log.info("{} answered {} too weakly: {}", target, trace.id(), lack.get());
        lesser.ifPresent(weaker -> weaker(call, weaker, trace));
        lesser = Optional.of(answered);
        soFar.add(new Attempts.Attempt(target, Attempts.Failure.BROKEN, Optional.empty()));
      } catch (RuntimeException e) {
        span.failed(e.getClass().getName(), "a fault in the door");
        throw e;
      } catch (UpstreamException e) {
        if (Thread.currentThread().isInterrupted()) {
          span.failed("cancelled", "nobody waits for the answer any more");
          throw e;
        }
        end = judge(e);
        span.failed(
            e.status() > 0
                ? Integer.toString(e.status())
                : e.failure().name().toLowerCase(Locale.ROOT),
            e.reason());
        failed(target, e, rest, since, trace);
        failures.put(target, e);
        soFar.add(new Attempts.Attempt(target, e.failure(), e.retryAfter()));
      } finally {
        breakers.ended(target, end);
      }
    }
  }

  /**
   * Why an answer is not good enough for its task; a stream is, as nothing of it can be read yet.
   */
  private static Optional<String> lack(
      Call call, Answered answered, RoutePlan plan, Duration left, Trace trace) {
    Optional<Double> quality = plan.quality();
    if (quality.isEmpty() || !(answered.reply() instanceof Reply.Whole(var body))) {
      return Optional.empty();
    }
    Call timed = new Call(call.kind(), call.body(), false, left);
    Optional<Leaf> judge = plan.table().judge().flatMap(plan.table()::leaf);
    long since = System.nanoTime();
    Quality.Score score = Quality.score(timed, body, judge.map(Leaf::upstream));
    score
        .judging()
        .ifPresent(
            took -> {
              trace.tried(
                  judge.orElseThrow().name(),
                  "judged",
                  "%s scores %.2f".formatted(answered.target(), score.value()),
                  Duration.ZERO,
                  since);
              trace.spent(took, judge.orElseThrow().cost(took.input(), took.output()));
            });
    return score.value() >= quality.get()
        ? Optional.empty()
        : Optional.of("it scores %.2f, below %.2f".formatted(score.value(), quality.get()));
  }

  /** An answer that was too weak was paid for all the same. */
  private static void weaker(Call call, Answered answered, Trace trace) {
    if (answered.reply() instanceof Reply.Whole(var body)) {
      Usage took =
          Usage.of(body)
              .orElseGet(() -> Usage.byLength(call, body.path("choices").toString().length()));
      trace.spent(took, answered.leaf().cost(took.input(), took.output()));
    }
  }

  /** States of the breakers of a chain, by target. */
  Map<String, String> states(List<String> chain) {
    Map<String, String> states = new HashMap<>();
    chain.forEach(target -> states.put(target, breakers.state(target)));
    return states;
  }

  /** A stream broke after it had begun. */
  void broke(String target, UpstreamException how) {
    if (breakers.permits(target)) {
      breakers.ended(target, judge(how));
    }
  }

  /** What a server is told beside the request: the trace, and until when anybody waits. */
  static Map<String, String> carried(AttemptSpan span, Instant deadline) {
    Map<String, String> headers = new HashMap<>(span.headers());
    headers.put("Flotilla-Deadline", Long.toString(deadline.toEpochMilli()));
    return headers;
  }

  private static Answered begin(
      String target,
      Leaf leaf,
      Call call,
      Duration left,
      Map<String, String> headers,
      AttemptSpan span)
      throws UpstreamException {
    Call timed = new Call(call.kind(), named(target, leaf, call), call.stream(), left, headers);
    Reply reply = leaf.upstream().ask(timed);
    if (!(reply instanceof Reply.Chunks chunks)) {
      return new Answered(target, leaf, reply, List.of(), span);
    }
    List<Reply.Chunk> begun = new ArrayList<>();
    try {
      while (begun.size() < MOST_HELD_BACK) {
        Optional<Reply.Chunk> chunk = chunks.next();
        if (chunk.isEmpty()) {
          break;
        }
        begun.add(chunk.get());
        if (saysSomething(chunk.get())) {
          break;
        }
      }
      if (begun.isEmpty()) {
        throw new UpstreamException(
            Attempts.Failure.BROKEN, 0, "an empty stream", Optional.empty(), Optional.empty());
      }
      span.begun();
      return new Answered(target, leaf, reply, begun, span);
    } catch (UpstreamException | RuntimeException e) {
      chunks.close();
      throw e;
    }
  }

  private static com.fasterxml.jackson.databind.node.ObjectNode named(
      String target, Leaf leaf, Call call) {
    if (target.equals(leaf.name())) {
      return call.body();
    }
    return call.body().deepCopy().put("model", target.substring(leaf.name().length() + 1));
  }

  private static boolean saysSomething(Reply.Chunk chunk) {
    return !chunk.text().isEmpty()
        || chunk.last()
        || chunk.tree().path("choices").path(0).path("delta").hasNonNull("tool_calls");
  }

  private void failed(String target, UpstreamException e, Duration rest, long since, Trace trace) {
    boolean unable = e.failure() == Attempts.Failure.REFUSED;
    trace.tried(target, unable ? "refused" : "failed", e.reason(), rest, since);
    e.retryAfter().ifPresent(wait -> coolDowns.leaveAlone(target, wait));
    if (!target.equals(Router.BUILT_IN)) {
      log.info("{} did not answer {}: {}", target, trace.id(), e.reason());
    }
  }

  private static Breakers.End judge(UpstreamException e) {
    return switch (e.failure()) {
      case REFUSED, AWAY, CUT -> Breakers.End.UNCOUNTED;
      case PASSING, BROKEN -> e.status() == 429 ? Breakers.End.UNCOUNTED : Breakers.End.FAILURE;
    };
  }

  private Map<String, TargetState> states(List<String> chain, Set<String> closed) {
    Map<String, TargetState> states = new HashMap<>();
    for (String target : chain) {
      states.put(target, new TargetState(closed.contains(target), coolDowns.until(target)));
    }
    return states;
  }

  private void resting(List<String> chain, Trace trace) {
    for (String target : chain) {
      coolDowns
          .until(target)
          .ifPresent(until -> trace.passedOver(target, "it asked to be left alone until " + until));
    }
  }

  /** Nobody has answered: what the built-in engine says then, or why there is no answer. */
  private Answered lastResort(
      Call call, List<String> chain, Map<String, UpstreamException> failures) throws ApiException {
    if (chain.equals(List.of(Router.BUILT_IN)) && call.kind() != Call.Kind.EMBEDDING) {
      Reply reply = BuiltIn.unknown(call, clock.instant());
      return new Answered(
          Router.BUILT_IN,
          new Leaf(Router.BUILT_IN, c -> reply, false, 0, 0, false),
          reply,
          List.of(),
          AttemptSpan.passing(Map.of()));
    }
    throw ApiErrors.nobody(chain, failures, coolDowns::until, clock.instant()).exception();
  }

  static ApiError late() {
    return ApiError.of(
        504, "server_error", "deadline_exceeded", "No answer came before the request's deadline.");
  }
}
