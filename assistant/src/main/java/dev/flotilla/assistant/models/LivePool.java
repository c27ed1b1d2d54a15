package dev.flotilla.assistant.models;

import dev.flotilla.assistant.models.pool.CardId;
import dev.flotilla.assistant.models.pool.Effect;
import dev.flotilla.assistant.models.pool.Pool;
import dev.flotilla.assistant.models.pool.Request;
import dev.flotilla.kernel.ServiceContext;
import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.failure.OperationException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pool with hands: has carried out what the pool decides and tells it what happened. Decides
 * nothing itself. Thread-safe.
 */
final class LivePool implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ModelManagerSuite.class);

  private final ServiceContext context;
  private final Pool pool;
  private final ModelLoader loader;
  private final Tallies tallies;
  private final Map<Long, CompletableFuture<Effect.Grant>> askers = new ConcurrentHashMap<>();

  LivePool(ServiceContext context, Pool pool, ModelLoader loader, Tallies tallies) {
    this.context = context;
    this.pool = pool;
    this.loader = loader;
    this.tallies = tallies;
  }

  Instant now() {
    return context.clock().instant();
  }

  /** Asks the pool something while nothing changes. */
  <T> T ask(Function<Pool, T> question) {
    synchronized (pool) {
      return question.apply(pool);
    }
  }

  /** Changes the pool and sees to what follows. */
  void change(Change change) {
    List<Effect> due;
    synchronized (pool) {
      due = change.of(pool);
    }
    due.forEach(this::carryOut);
  }

  /** Asks for a model; the answer comes when it is there. */
  CompletableFuture<Effect.Grant> acquire(Request request) {
    CompletableFuture<Effect.Grant> answer = new CompletableFuture<>();
    askers.put(request.number(), answer);
    change(p -> p.ask(request, now()));
    return answer;
  }

  /** Who asked waits no longer; a lease that was granted meanwhile is given back. */
  void withdraw(long number) {
    change(p -> p.withdraw(number, now()));
    CompletableFuture<Effect.Grant> asker = askers.remove(number);
    if (asker != null && !asker.cancel(false) && !asker.isCompletedExceptionally()) {
      change(p -> p.release(asker.join().lease().id(), now()));
    }
  }

  private void carryOut(Effect effect) {
    switch (effect) {
      case Effect.Load load -> work("load " + load.model(), () -> loader.load(load));
      case Effect.Unload unload -> work("unload " + unload.model(), () -> loader.unload(unload));
      case Effect.Grant grant -> {
        CompletableFuture<Effect.Grant> asker = askers.remove(grant.number());
        if (asker == null || !asker.complete(grant)) {
          change(p -> p.release(grant.lease().id(), now()));
        }
      }
      case Effect.Refuse refuse -> {
        CompletableFuture<Effect.Grant> asker = askers.remove(refuse.number());
        if (asker != null) {
          asker.completeExceptionally(refusal(refuse).exception());
        }
      }
      case Effect.Tell tell -> tell(tell);
    }
  }

  /** What takes its time, and ends in a change. */
  private interface Work {
    Change done() throws InterruptedException;
  }

  private void work(String name, Work work) {
    aside(
        name,
        () -> {
          try {
            change(work.done());
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  static void aside(String name, Runnable work) {
    Thread.ofVirtual().name(name).start(work);
  }

  private void tell(Effect.Tell tell) {
    String what = tell.kind().name().toLowerCase(Locale.ROOT);
    Optional<String> reason = Optional.of(tell.reason()).filter(text -> !text.isEmpty());
    tallies.count(tell.kind());
    log.info("{} {}{}", tell.model(), what, reason.map(text -> ": " + text).orElse(""));
    context.tell(
        "model." + what,
        new Requests.Told(
            tell.model(),
            tell.kind(),
            tell.variant(),
            tell.card().map(CardId::toString),
            reason,
            now()));
  }

  /** A conflict in any case: one model that fails must not open callers' breakers for all. */
  private static Failure refusal(Effect.Refuse refuse) {
    return refuse.forGood()
        ? Failure.conflict(
            refuse.reason(),
            "a model that fits the cards of this fleet",
            "Free memory, allow another card, or declare a smaller variant.")
        : Failure.conflict(
            refuse.reason(), "a model that can be loaded now", "See the reason; then ask again.");
  }

  /** Fails all who wait: the service ends. */
  @Override
  public void close() {
    OperationException closing =
        Failure.unavailable(
                "ModelManagerSuite is being stopped", "a running one", "Ask again in a moment.")
            .exception();
    askers.values().forEach(asker -> asker.completeExceptionally(closing));
    askers.clear();
  }
}
