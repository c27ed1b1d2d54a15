package dev.flotilla.node;

import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.node.core.Cell;
import dev.flotilla.node.core.Event;
import dev.flotilla.node.core.Moment;
import dev.flotilla.node.core.Orders;
import dev.flotilla.node.core.Pace;
import dev.flotilla.node.run.Runner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the agents of one machine as they should be. One thread owns all state and is fed by a
 * queue, so that everything happens one after the other. Thread-safe.
 */
public final class Supervisor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(60);

  private final LinkedBlockingQueue<Consumer<Moment>> inbox = new LinkedBlockingQueue<>();
  private final List<CompletableFuture<Void>> applied = new ArrayList<>();
  private final Consumer<Event> listener;
  private final Control control;
  private final Time time;
  private final Thread thread;
  private volatile List<AgentStatus> snapshot = List.of();
  private volatile boolean busy;
  private volatile boolean closed;

  /**
   * Starts the supervisor's thread.
   *
   * @param listener told every event after the supervisor took note of it, on any thread
   * @param changes told every new status, on the supervisor's thread; must return at once
   */
  public Supervisor(
      Runner runner,
      Watching watching,
      Pace pace,
      Time time,
      RandomGenerator random,
      Consumer<Event> listener,
      Consumer<AgentStatus> changes) {
    this.time = time;
    this.listener = listener;
    this.control = new Control(runner, watching, pace, random, this::tell, changes);
    this.thread = Thread.ofPlatform().name("supervisor").daemon(true).start(this::run);
  }

  /** Takes note of something that happened. */
  public void tell(Event event) {
    inbox.add(now -> control.happened(event, now));
    listener.accept(event);
  }

  /** Takes a manifest as what is to run; done once the statuses show it. */
  public CompletableFuture<Void> apply(Map<AgentId, Orders.Placed> manifest) {
    return submit(now -> control.apply(manifest));
  }

  /**
   * Takes a manifest, and has the processes of an earlier node taken over before anything of it is
   * started.
   *
   * @param takeOver tells {@link Event.Adopted} for each of them before it returns
   */
  public CompletableFuture<Void> adopt(Map<AgentId, Orders.Placed> manifest, Runnable takeOver) {
    return submit(
        now -> {
          control.apply(manifest);
          takeOver.run();
          List<Consumer<Moment>> told = new ArrayList<>();
          inbox.drainTo(told);
          told.forEach(input -> input.accept(now));
        });
  }

  /** Takes one more agent; done once the statuses show it. */
  public CompletableFuture<Void> join(Orders.Placed placed) {
    return submit(now -> control.join(placed));
  }

  /** Has an agent end that joined; it is forgotten once nothing of it is left. */
  public CompletableFuture<Void> leave(AgentId id) {
    return submit(now -> control.leave(id));
  }

  /** Takes an order, see {@link Orders}; done once the statuses show it. */
  public CompletableFuture<Void> order(UnaryOperator<Map<AgentId, Cell>> order) {
    return submit(now -> control.order(order));
  }

  private CompletableFuture<Void> submit(Consumer<Moment> input) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    inbox.add(
        now -> {
          input.accept(now);
          applied.add(done);
        });
    return done;
  }

  /** The statuses of all agents here, in manifest order. */
  public List<AgentStatus> statuses() {
    return snapshot;
  }

  /** Whether any agent, shown or not, has or may have a process. */
  public boolean busy() {
    return busy;
  }

  private void run() {
    List<Consumer<Moment>> batch = new ArrayList<>();
    while (!closed) {
      try {
        Moment before = time.now();
        Duration sleep =
            control
                .nextWake(before)
                .map(wake -> wake.since(before))
                .filter(wait -> wait.compareTo(LONGEST_SLEEP) < 0)
                .orElse(LONGEST_SLEEP);
        Consumer<Moment> first = inbox.poll(Math.max(0, sleep.toNanos()), TimeUnit.NANOSECONDS);
        if (first != null) {
          batch.add(first);
          inbox.drainTo(batch);
        }
        Moment now = time.now();
        batch.forEach(input -> input.accept(now));
        control.act(now);
        snapshot = List.copyOf(control.statuses());
        busy = control.busy();
        applied.forEach(done -> done.completeAsync(() -> null));
        applied.clear();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        LOG.error("the supervisor met an unexpected error and goes on", e);
      }
      batch.clear();
    }
  }

  /** Ends supervision; the agents go on. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
