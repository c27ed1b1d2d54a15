package dev.flotilla.bench.jobs;

import dev.flotilla.bus.Bus;
import dev.flotilla.bus.BusOptions;
import dev.flotilla.bus.Message;
import dev.flotilla.bus.NatsBus;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Publishes work for JetStream to keep, and remembers the keys of what it acknowledged. */
final class Publisher implements AutoCloseable {
  private static final String KIND = "bench";
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(4);

  private final Bus bus;
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::publish);
  private volatile boolean ended;

  Publisher(String url) {
    bus = NatsBus.connect(BusOptions.of(url, "publisher"));
  }

  Set<String> acknowledged() {
    return acknowledged;
  }

  void begin() {
    thread.start();
  }

  void end() {
    ended = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What became of a key, when it is submitted again. */
  Map<String, Object> job(String key) {
    return Map.of("kind", KIND, "payload", key, "key", key);
  }

  private void publish() {
    while (!ended) {
      String key = UUID.randomUUID().toString();
      Message work =
          Message.of("flotilla.job." + KIND, "\"" + key + "\"").withHeader("Flotilla-Key", key);
      try {
        if (bus.request(work, PATIENCE).join().text().contains("\"seq\"")) {
          acknowledged.add(key);
        }
      } catch (CompletionException nobodyAnswered) {
        LockSupport.parkNanos(PAUSE.toNanos() * 10);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  @Override
  public void close() {
    end();
    bus.close();
  }
}
