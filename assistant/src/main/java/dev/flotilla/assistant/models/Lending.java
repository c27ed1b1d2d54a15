package dev.flotilla.assistant.models;

import dev.flotilla.assistant.models.pool.Effect;
import dev.flotilla.assistant.models.pool.Lease;
import dev.flotilla.assistant.models.pool.Request;
import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.failure.OperationException;
import dev.flotilla.kernel.operation.Deadline;
import dev.flotilla.model.Model;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** Lends models: {@code acquire}, {@code renew} and {@code release}. Thread-safe. */
final class Lending {
  /** Before the caller's deadline, so that the answer still reaches him. */
  private static final Duration EARLY = Duration.ofMillis(100);

  private static final Duration LONGEST_LEASE = Duration.ofHours(1);

  private final LivePool pool;
  private final KnownModels models;
  private final ModelManagerConfig config;
  private final Instant started;
  private final AtomicLong numbers = new AtomicLong();

  Lending(LivePool pool, KnownModels models, ModelManagerConfig config) {
    this.pool = pool;
    this.models = models;
    this.config = config;
    this.started = pool.now();
  }

  Requests.Acquired acquire(Requests.Acquire request) throws InterruptedException {
    Model model = models.known(request.model());
    if (request.holder().isBlank()) {
      throw Failure.badRequest("holder", "an empty name", "who uses it", "Give an agent's name.")
          .exception();
    }
    Instant asked = pool.now();
    Effect.Grant grant =
        granted(model.name(), request.holder(), request.priority().orElse(0), ttl(request.ttl()));
    return new Requests.Acquired(
        grant.lease().id(),
        model.name(),
        grant.variant(),
        model.kind(),
        model.engine(),
        grant.card().toString(),
        grant.address(),
        grant.address() + "/v1",
        grant.lease().until(),
        Duration.between(asked, pool.now()));
  }

  /** Waits until a model is lent, no longer than the caller does. */
  Effect.Grant granted(String model, String holder, int priority, Duration ttl)
      throws InterruptedException {
    Request request = new Request(numbers.incrementAndGet(), model, holder, priority, ttl);
    CompletableFuture<Effect.Grant> answer = pool.acquire(request);
    try {
      return answer.get(patience().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      String found = waitingFor(model);
      pool.withdraw(request.number());
      throw Failure.of(
              Failure.Kind.DEADLINE_EXCEEDED,
              found,
              "the model before the deadline",
              "Wait longer: it goes on being loaded when that has begun.")
          .exception();
    } catch (InterruptedException e) {
      pool.withdraw(request.number());
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof OperationException refused) {
        throw refused;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private String waitingFor(String model) {
    return pool.ask(p -> p.view(model))
        .map(
            view ->
                "%s is %s and %d wait for it"
                    .formatted(model, view.state().name().toLowerCase(Locale.ROOT), view.waiting()))
        .orElse(model + " is not known");
  }

  /** How long the caller waits for an answer. */
  Duration patience() {
    Duration rest =
        Deadline.current()
            .map(end -> Duration.between(pool.now(), end).minus(EARLY))
            .filter(left -> left.compareTo(config.longestWait()) < 0)
            .orElse(config.longestWait());
    return rest.isNegative() ? Duration.ZERO : rest;
  }

  private Duration ttl(Optional<Duration> asked) {
    Duration ttl = asked.orElse(config.lease());
    if (!ttl.isPositive() || ttl.compareTo(LONGEST_LEASE) > 0) {
      throw Failure.badRequest(
              "ttl", ttl.toMillis() / 1e3 + " s", "more than 0 and at most an hour", "Renew it.")
          .exception();
    }
    return ttl;
  }

  Requests.Renewed renew(Requests.Renew request) {
    Duration ttl = ttl(request.ttl());
    boolean young =
        Duration.between(started, pool.now()).compareTo(config.lease().multipliedBy(2)) < 0;
    Optional<Lease> lease =
        pool.ask(
            p ->
                p.renew(
                    request.lease(),
                    request.holder().orElse("unknown"),
                    ttl,
                    young && request.holder().isPresent(),
                    pool.now()));
    return lease
        .map(l -> new Requests.Renewed(l.id(), l.until()))
        .orElseThrow(
            () ->
                Failure.notFound(
                        "no lease " + request.lease(),
                        "a lease that stands",
                        "It ended, or its model did; acquire the model again.")
                    .exception());
  }

  Requests.Released release(Requests.Release request) {
    boolean there =
        pool.ask(p -> p.leases().stream().anyMatch(l -> l.id().equals(request.lease())));
    pool.change(p -> p.release(request.lease(), pool.now()));
    return new Requests.Released(there);
  }
}
