package dev.flotilla.assistant.upstream;

import dev.flotilla.assistant.router.Attempts;
import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.failure.OperationException;
import dev.flotilla.kernel.http.Outbound;
import dev.flotilla.kernel.operation.Calls;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model of the fleet's pool: borrowed from ModelManagerSuite for each request, so that it is not
 * unloaded under it, and given back at the end of the answer. Thread-safe.
 */
public final class PooledModel implements Upstream {
  private static final Logger log = LoggerFactory.getLogger(PooledModel.class);
  private static final String POOL = "ModelManagerSuite";
  private static final Duration POOL_ANSWERS = Duration.ofSeconds(2);

  private static final Duration AGAIN = Duration.ofMillis(200);

  /** A lease whose grant got lost with the bus ends by itself after so long. */
  private static final Duration LEASE = Duration.ofSeconds(20);

  private final String model;
  private final String holder;
  private final Calls calls;
  private final Outbound outbound;
  private final Duration silence;
  private final Duration lease;

  /** What the pool lends. */
  record Acquired(String lease, String baseUrl) {}

  /** What it answers to what is given back. */
  record Released(boolean released) {}

  /** What it answers to a lease that stands. */
  record Renewed(String lease) {}

  /**
   * @param holder who borrows it, for those who look at the pool
   */
  public PooledModel(
      String model, String holder, Calls calls, Outbound outbound, Duration silence) {
    this(model, holder, calls, outbound, silence, LEASE);
  }

  /**
   * @param lease how long a lease stands that is not renewed
   */
  PooledModel(
      String model,
      String holder,
      Calls calls,
      Outbound outbound,
      Duration silence,
      Duration lease) {
    this.lease = lease;
    this.model = model;
    this.holder = holder;
    this.calls = calls;
    this.outbound = outbound;
    this.silence = silence;
  }

  @Override
  public About about() {
    return new About("flotilla", Optional.of(model), Optional.empty());
  }

  @Override
  public Reply ask(Call call) throws UpstreamException {
    long begun = System.nanoTime();
    Acquired lent = acquire(call.left());
    Held held = new Held(lent);
    boolean handedOn = false;
    try {
      Duration left = call.left().minusNanos(System.nanoTime() - begun);
      if (!left.isPositive()) {
        throw UpstreamException.passing("no time was left once the model was loaded");
      }
      Server server = new Server(outbound, URI.create(lent.baseUrl()), Map.of(), silence);
      Reply reply =
          new OpenAi(server, Optional.of(model))
              .ask(new Call(call.kind(), call.body(), call.stream(), left, call.headers()));
      if (reply instanceof Reply.Chunks chunks) {
        handedOn = true;
        return new Lent(chunks, held);
      }
      return reply;
    } catch (UpstreamException e) {
      throw orCut(e, lent);
    } finally {
      if (!handedOn) {
        held.close();
      }
    }
  }

  private Acquired acquire(Duration left) throws UpstreamException {
    try {
      return calls
          .within(left)
          .call(
              POOL,
              "acquire",
              Map.of("model", model, "holder", holder, "ttl", seconds(lease)),
              Acquired.class);
    } catch (OperationException e) {
      Failure failure = e.failure();
      String why = "the pool does not lend it: " + failure.sentence();
      if (failure.kind() == Failure.Kind.UNAVAILABLE) {
        throw UpstreamException.away(why);
      }
      throw failure.kind().ofCaller()
          ? UpstreamException.unable(why)
          : UpstreamException.passing(why);
    }
  }

  /** A connection that broke because the whole pool ended says nothing of the model. */
  private UpstreamException orCut(UpstreamException e, Acquired lent) {
    boolean broke = e.failure() == Attempts.Failure.PASSING && e.status() == 0;
    return broke && !Thread.currentThread().isInterrupted() && poolIsAway(lent)
        ? UpstreamException.cut("the pool ended while it answered (" + e.reason() + ")")
        : e;
  }

  private boolean poolIsAway(Acquired lent) {
    try {
      renew(lent, POOL_ANSWERS);
      return false;
    } catch (OperationException e) {
      return !e.failure().kind().ofCaller();
    }
  }

  private void renew(Acquired lent, Duration patience) {
    Renewed _ =
        calls
            .within(patience)
            .call(
                POOL,
                "renew",
                Map.of("lease", lent.lease(), "ttl", seconds(lease), "holder", holder),
                Renewed.class);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }

  /**
   * A lease that is renewed until it is closed, and then given back: aside, so that no answer waits
   * for it and an interrupted thread does it as well.
   */
  private final class Held implements AutoCloseable {
    private final Acquired lent;
    private final Thread renewing;

    Held(Acquired lent) {
      this.lent = lent;
      renewing = Thread.ofVirtual().name("lease of " + model).start(this::renewAndGiveBack);
    }

    private void renewAndGiveBack() {
      Duration period = lease.dividedBy(4);
      while (true) {
        try {
          Thread.sleep(period);
          renew(lent, period);
        } catch (InterruptedException closed) {
          giveBack();
          return;
        } catch (OperationException e) {
          log.debug("{} of {} is not renewed: {}", lent.lease(), model, e.failure().sentence());
        }
      }
    }

    /** Again while the pool is away: what is not given back keeps others waiting. */
    private void giveBack() {
      long end = System.nanoTime() + lease.toNanos();
      while (true) {
        try {
          Released _ = calls.call(POOL, "release", Map.of("lease", lent.lease()), Released.class);
          return;
        } catch (OperationException e) {
          boolean away = e.failure().kind() == Failure.Kind.UNAVAILABLE;
          if (!away || System.nanoTime() > end) {
            log.info("{} was not given back and ends by itself: {}", model, e.getMessage());
            return;
          }
        }
        try {
          Thread.sleep(AGAIN);
        } catch (InterruptedException e) {
          return;
        }
      }
    }

    @Override
    public void close() {
      renewing.interrupt();
    }
  }

  private final class Lent implements Reply.Chunks {
    private final Reply.Chunks chunks;
    private final Held held;

    Lent(Reply.Chunks chunks, Held held) {
      this.chunks = chunks;
      this.held = held;
    }

    @Override
    public Optional<Chunk> next() throws UpstreamException {
      try {
        return chunks.next();
      } catch (UpstreamException e) {
        throw orCut(e, held.lent);
      }
    }

    @Override
    public void close() {
      chunks.close();
      held.close();
    }
  }
}
