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

  private final String model;
  private final String holder;
  private final Calls calls;
  private final Outbound outbound;
  private final Duration silence;

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
    Acquired lease = acquire(call.left());
    boolean handedOn = false;
    try {
      Duration left = call.left().minusNanos(System.nanoTime() - begun);
      if (!left.isPositive()) {
        throw UpstreamException.passing("no time was left once the model was loaded");
      }
      Server server = new Server(outbound, URI.create(lease.baseUrl()), Map.of(), silence);
      Reply reply =
          new OpenAi(server, Optional.of(model))
              .ask(new Call(call.kind(), call.body(), call.stream(), left, call.headers()));
      if (reply instanceof Reply.Chunks chunks) {
        handedOn = true;
        return new Lent(chunks, lease);
      }
      return reply;
    } catch (UpstreamException e) {
      throw orCut(e, lease);
    } finally {
      if (!handedOn) {
        release(lease);
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
              Map.of("model", model, "holder", holder, "ttl", left.toMillis() / 1000.0 + 60),
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
  private UpstreamException orCut(UpstreamException e, Acquired lease) {
    boolean broke = e.failure() == Attempts.Failure.PASSING && e.status() == 0;
    return broke && !Thread.currentThread().isInterrupted() && poolIsAway(lease)
        ? UpstreamException.cut("the pool ended while it answered (" + e.reason() + ")")
        : e;
  }

  private boolean poolIsAway(Acquired lease) {
    try {
      Renewed _ =
          calls
              .within(POOL_ANSWERS)
              .call(POOL, "renew", Map.of("lease", lease.lease(), "holder", holder), Renewed.class);
      return false;
    } catch (OperationException e) {
      return !e.failure().kind().ofCaller();
    }
  }

  /** Aside: the answer need not wait for it, and it is sent for an interrupted thread as well. */
  private void release(Acquired lease) {
    Thread.ofVirtual().name("release " + model).start(() -> giveBack(lease));
  }

  private void giveBack(Acquired lease) {
    try {
      Released _ = calls.call(POOL, "release", Map.of("lease", lease.lease()), Released.class);
    } catch (OperationException e) {
      log.info("{} was not given back and ends by itself: {}", model, e.failure().sentence());
    }
  }

  private final class Lent implements Reply.Chunks {
    private final Reply.Chunks chunks;
    private final Acquired lease;

    Lent(Reply.Chunks chunks, Acquired lease) {
      this.chunks = chunks;
      this.lease = lease;
    }

    @Override
    public Optional<Chunk> next() throws UpstreamException {
      try {
        return chunks.next();
      } catch (UpstreamException e) {
        throw orCut(e, lease);
      }
    }

    @Override
    public void close() {
      chunks.close();
      release(lease);
    }
  }
}
