package dev.flotilla.kernel.testing;

import dev.flotilla.bus.Bus;
import dev.flotilla.bus.BusException;
import dev.flotilla.bus.Message;
import dev.flotilla.bus.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A bus without a network: wildcards, queue groups, no responders, a largest payload and lost
 * connections as NATS has them. A message is handled on the publishing thread before {@link
 * #publish} returns. Thread-safe.
 */
public final class InMemoryBus implements Bus {
  private static final long MAX_PAYLOAD = 1 << 20;

  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final List<Message> published = new CopyOnWriteArrayList<>();
  private final AtomicInteger turns = new AtomicInteger();
  private final AtomicLong inboxes = new AtomicLong();
  private volatile boolean connected = true;

  /** Everything published so far, requests and answers included, in order. */
  public List<Message> published() {
    return List.copyOf(published);
  }

  /** What was published on subjects that fit. */
  public List<Message> published(String subject) {
    return published.stream().filter(message -> fits(subject, message.subject())).toList();
  }

  /** Breaks or mends the connection: while broken, publishing and requests fail. */
  public void connected(boolean stands) {
    connected = stands;
  }

  /** How many subscriptions there are. */
  public int subscriptions() {
    return listeners.size();
  }

  @Override
  public void publish(Message message) {
    check(message);
    published.add(message);
    receivers(message.subject()).forEach(listener -> listener.handle(message));
  }

  @Override
  public Subscription subscribe(String subject, String queue, Consumer<Message> handler) {
    Listener listener = new Listener(subject, queue, handler);
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public CompletableFuture<Message> request(Message message, Duration timeout) {
    CompletableFuture<Message> answer = new CompletableFuture<>();
    try {
      check(message);
    } catch (BusException e) {
      return CompletableFuture.failedFuture(e);
    }
    if (receivers(message.subject()).isEmpty()) {
      return CompletableFuture.failedFuture(
          new BusException(
              BusException.Reason.NO_RESPONDERS, "nobody listens on " + message.subject()));
    }
    String inbox = "_INBOX." + inboxes.incrementAndGet();
    Subscription waiting = subscribe(inbox, "", answer::complete);
    publish(new Message(message.subject(), Optional.of(inbox), message.headers(), message.data()));
    return answer
        .copy()
        .orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS)
        .handle(
            (reply, error) -> {
              waiting.close();
              if (error != null) {
                throw new BusException(
                    BusException.Reason.TIMEOUT, "no answer on " + message.subject());
              }
              return reply;
            });
  }

  @Override
  public void flush(Duration timeout) {}

  @Override
  public long maxPayload() {
    return MAX_PAYLOAD;
  }

  @Override
  public boolean connected() {
    return connected;
  }

  @Override
  public void close() {
    connected = false;
    listeners.clear();
  }

  private void check(Message message) {
    if (!connected) {
      throw new BusException(BusException.Reason.DISCONNECTED, "the connection is broken");
    } else if (message.data().length > MAX_PAYLOAD) {
      throw new BusException(
          BusException.Reason.TOO_LARGE, message.data().length + " bytes on " + message.subject());
    }
  }

  private List<Listener> receivers(String subject) {
    List<Listener> receivers = new ArrayList<>();
    Map<String, List<Listener>> queues = new LinkedHashMap<>();
    for (Listener listener : listeners) {
      if (fits(listener.subject, subject)) {
        if (listener.queue.isEmpty()) {
          receivers.add(listener);
        } else {
          queues.computeIfAbsent(listener.queue, queue -> new ArrayList<>()).add(listener);
        }
      }
    }
    queues
        .values()
        .forEach(members -> receivers.add(members.get(turns.getAndIncrement() % members.size())));
    return receivers;
  }

  static boolean fits(String pattern, String subject) {
    String[] wanted = pattern.split("\\.", -1);
    String[] given = subject.split("\\.", -1);
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i].equals(">")) {
        return given.length > i;
      } else if (i >= given.length || !(wanted[i].equals("*") || wanted[i].equals(given[i]))) {
        return false;
      }
    }
    return wanted.length == given.length;
  }

  private static final class Listener {
    private final String subject;
    private final String queue;
    private final Consumer<Message> handler;

    Listener(String subject, String queue, Consumer<Message> handler) {
      this.subject = subject;
      this.queue = queue;
      this.handler = handler;
    }

    synchronized void handle(Message message) {
      handler.accept(message);
    }
  }
}
