package dev.flotilla.node.api;

import dev.flotilla.kernel.http.EventStream;
import dev.flotilla.kernel.wire.Wire;
import dev.flotilla.model.AgentStatus;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Tells status changes to everyone who listens; a listener that does not keep up is let go. */
public final class StatusFeed {
  private static final int MOST_BEHIND = 10_000;
  private static final long KEEP_ALIVE_SECONDS = 10;

  private final Set<LinkedBlockingQueue<AgentStatus>> listeners = ConcurrentHashMap.newKeySet();

  public void publish(AgentStatus status) {
    listeners.removeIf(queue -> !queue.offer(status));
  }

  /** Sends the present statuses and then every change until the listener goes. */
  void serve(EventStream stream, Supplier<List<AgentStatus>> present)
      throws IOException, InterruptedException {
    LinkedBlockingQueue<AgentStatus> queue = new LinkedBlockingQueue<>(MOST_BEHIND);
    listeners.add(queue);
    try {
      for (AgentStatus status : present.get()) {
        stream.send("agent", Wire.text(status));
      }
      while (listeners.contains(queue) || !queue.isEmpty()) {
        AgentStatus next = queue.poll(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
          stream.keepAlive();
        } else {
          stream.send("agent", Wire.text(next));
        }
      }
    } finally {
      listeners.remove(queue);
    }
  }
}
