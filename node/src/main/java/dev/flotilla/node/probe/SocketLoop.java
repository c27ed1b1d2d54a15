package dev.flotilla.node.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread for all timers and all talks over sockets, none of which blocks: what costs at rest is
 * waking up, and one thread wakes up least. {@link #execute} and {@link #close} are thread-safe;
 * the rest is for tasks on the thread.
 */
final class SocketLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SocketLoop.class);

  private final Selector selector;
  private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
  private final PriorityQueue<Timer> timers = new PriorityQueue<>(Timer::compare);
  private final Thread thread;
  private volatile boolean closed;

  SocketLoop() {
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread = Thread.ofPlatform().name("probes").daemon(true).start(this::run);
  }

  /** A task that waits for its time. */
  final class Timer {
    private final long due;
    private final Runnable task;

    private Timer(long due, Runnable task) {
      this.due = due;
      this.task = task;
    }

    void cancel() {
      timers.remove(this);
    }

    private int compare(Timer other) {
      return Long.signum(due - other.due);
    }
  }

  /** Has a task done on the thread. */
  void execute(Runnable task) {
    inbox.add(task);
    selector.wakeup();
  }

  /** Whether the caller is the thread. */
  boolean inside() {
    return Thread.currentThread().equals(thread);
  }

  /** Has a task done at a time of the monotonic clock. */
  Timer at(long nanos, Runnable task) {
    Timer timer = new Timer(nanos, task);
    timers.add(timer);
    return timer;
  }

  /**
   * Begins a talk with who listens at an address.
   *
   * @return what came of it; cancelling it ends the talk
   */
  <T> CompletableFuture<T> talk(InetSocketAddress address, Duration timeout, Talk<T> talk) {
    CompletableFuture<T> outcome = new CompletableFuture<>();
    Timer late = at(System.nanoTime() + timeout.toNanos(), () -> outcome.complete(talk.late()));
    Open<T> open = new Open<>(talk, outcome);
    var _ =
        outcome.whenComplete(
            (answer, failure) -> {
              late.cancel();
              open.close();
            });
    open.connect(address);
    return outcome;
  }

  /** A talk that goes on. */
  private final class Open<T> implements AutoCloseable {
    private final Talk<T> talk;
    private final CompletableFuture<T> outcome;
    private List<SocketChannel> channel = List.of();

    Open(Talk<T> talk, CompletableFuture<T> outcome) {
      this.talk = talk;
      this.outcome = outcome;
    }

    void connect(InetSocketAddress address) {
      try {
        SocketChannel made = SocketChannel.open(family(address));
        channel = List.of(made);
        made.configureBlocking(false);
        // On this machine the connection mostly stands at once, which a second look tells.
        if (made.connect(address) || made.finishConnect()) {
          begin(made);
        } else {
          SelectionKey _ = made.register(selector, SelectionKey.OP_CONNECT, this);
        }
      } catch (IOException e) {
        outcome.complete(talk.failed(e));
      }
    }

    private void begin(SocketChannel connected) throws IOException {
      talk.connected(connected).ifPresent(outcome::complete);
      if (!outcome.isDone()) {
        SelectionKey _ = connected.register(selector, SelectionKey.OP_READ, this);
      }
    }

    void ready(SelectionKey key) {
      try {
        SocketChannel ready = channel.getFirst();
        if (key.isConnectable()) {
          if (ready.finishConnect()) {
            begin(ready);
          }
        } else {
          talk.readable(ready).ifPresent(outcome::complete);
        }
      } catch (IOException e) {
        outcome.complete(talk.failed(e));
      } catch (CancelledKeyException e) {
        LOG.debug("a talk ended while it was being looked at");
      }
    }

    @Override
    public void close() {
      for (SocketChannel made : channel) {
        try {
          made.close();
        } catch (IOException e) {
          LOG.debug("a connection could not be closed: {}", e.getMessage());
        }
      }
    }
  }

  private void run() {
    while (!closed) {
      try {
        selector.select(SocketLoop::ready, untilNext());
        for (Runnable task = inbox.poll(); task != null; task = inbox.poll()) {
          task.run();
        }
        long now = System.nanoTime();
        while (!timers.isEmpty() && timers.peek().due - now <= 0) {
          timers.remove().task.run();
        }
      } catch (IOException | RuntimeException e) {
        LOG.error("the probes met an unexpected error and go on", e);
      }
    }
    selector.keys().forEach(key -> ((Open<?>) key.attachment()).close());
    closeSelector();
  }

  private static ProtocolFamily family(InetSocketAddress address) {
    return address.getAddress() instanceof Inet4Address
        ? StandardProtocolFamily.INET
        : StandardProtocolFamily.INET6;
  }

  private static void ready(SelectionKey key) {
    ((Open<?>) key.attachment()).ready(key);
  }

  /** Milliseconds for the selector: at least 1, and 0 for ever. */
  private long untilNext() {
    if (!inbox.isEmpty()) {
      return 1;
    }
    Timer next = timers.peek();
    return next == null ? 0 : Math.max(1, (next.due - System.nanoTime() + 999_999) / 1_000_000);
  }

  private void closeSelector() {
    try {
      selector.close();
    } catch (IOException e) {
      LOG.debug("the selector could not be closed: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    closed = true;
    selector.wakeup();
    try {
      thread.join(Duration.ofSeconds(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
