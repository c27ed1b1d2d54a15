package dev.flotilla.kernel.batch;

import dev.flotilla.bus.Bus;
import dev.flotilla.bus.BusException;
import dev.flotilla.bus.Message;
import dev.flotilla.kernel.time.Timers;
import dev.flotilla.model.Messaging;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers messages by subject and sends them together: after so many, after so long, or when one
 * more would be too large for the bus, whichever comes first. The order within a subject stays.
 * Thread-safe.
 */
public final class BatchingPublisher implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(BatchingPublisher.class);
  private static final int HEADROOM = 256;

  private final Bus bus;
  private final Messaging.Batch settings;
  private final Timers timers;
  private final Map<String, Gathering> gathering = new LinkedHashMap<>();
  private boolean closed;

  public BatchingPublisher(Bus bus, Messaging.Batch settings, Timers timers) {
    this.bus = bus;
    this.settings = settings;
    this.timers = timers;
  }

  /**
   * Takes a message to be sent with others. One that wants an answer is sent at once, after what
   * waits on its subject. While the bus refuses, messages wait on, up to what one batch can carry.
   *
   * @throws BusException when the message was not taken, because the bus refuses what waits
   * @throws IllegalStateException after {@link #close}
   */
  public synchronized void publish(Message message) {
    if (closed) {
      throw new IllegalStateException("published on " + message.subject() + " after close");
    }
    if (message.replyTo().isPresent()) {
      flush(message.subject());
      bus.publish(message);
      return;
    }
    int size = Batch.size(message);
    Gathering before = gathering.get(message.subject());
    if (before != null && before.size + size > bus.maxPayload() - HEADROOM) {
      flush(message.subject());
    }
    Gathering now = gathering.computeIfAbsent(message.subject(), this::begin);
    now.messages.add(message);
    now.size += size;
    if (now.messages.size() >= settings.messages()) {
      flushLate(message.subject());
    }
  }

  /**
   * Sends everything that waits.
   *
   * @throws BusException when the bus refuses some of it, which then waits on
   */
  public synchronized void flush() {
    List.copyOf(gathering.keySet()).forEach(this::flush);
  }

  /**
   * Sends everything that waits and takes no more.
   *
   * @throws BusException when the bus refuses some of it; closing again tries again
   */
  @Override
  public synchronized void close() {
    closed = true;
    flush();
  }

  /** Listens for messages, whether they come alone or in batches. */
  public static Consumer<Message> unpacking(Consumer<Message> receiver) {
    return message -> {
      try {
        Batch.unpack(message).forEach(receiver);
      } catch (IOException e) {
        log.warn("A message is dropped: {}", e.getMessage());
      }
    };
  }

  private Gathering begin(String subject) {
    return new Gathering(timers.after(settings.delay(), () -> flushLate(subject)));
  }

  private synchronized void flushLate(String subject) {
    try {
      flush(subject);
    } catch (BusException e) {
      log.debug("Messages on {} wait on: {}", subject, e.getMessage());
    }
  }

  /** Sends what waits on a subject; when the bus refuses, it stays and is tried again later. */
  private void flush(String subject) {
    Gathering full = gathering.get(subject);
    if (full == null) {
      return;
    }
    full.timer.close();
    boolean sent = false;
    try {
      bus.publish(Batch.pack(full.messages));
      sent = true;
    } finally {
      if (sent) {
        gathering.remove(subject);
      } else {
        full.timer = timers.after(settings.delay(), () -> flushLate(subject));
      }
    }
  }

  private static final class Gathering {
    private final List<Message> messages = new ArrayList<>();
    private Timers.Timer timer;
    private int size;

    Gathering(Timers.Timer timer) {
      this.timer = timer;
    }
  }
}
