package dev.flotilla.kernel.operation;

import dev.flotilla.bus.Bus;
import dev.flotilla.bus.BusException;
import dev.flotilla.bus.Message;
import dev.flotilla.bus.Subscription;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that a {@link LongCall} is being worked at, for as long as it is, and interrupts the thread
 * that made this when its caller has left and its operation allows that. Thread-safe.
 */
final class CallInWork implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CallInWork.class);

  private final Bus bus;
  private final Thread worker = Thread.currentThread();
  private final boolean interruptible;
  private final Optional<Subscription> asked;
  private boolean over;

  private CallInWork(Bus bus, Optional<String> subject, boolean interruptible) {
    this.bus = bus;
    this.interruptible = interruptible;
    this.asked = subject.flatMap(this::listen);
  }

  static CallInWork of(Bus bus, Message request, boolean interruptible) {
    Optional<String> subject =
        request.header(LongCall.HEADER).filter(name -> name.startsWith(LongCall.SUBJECT));
    return new CallInWork(bus, subject, interruptible);
  }

  private Optional<Subscription> listen(String subject) {
    try {
      return Optional.of(bus.subscribe(subject, "", this::receive));
    } catch (BusException e) {
      log.info("A caller cannot ask after its call on {}: {}", subject, e.getMessage());
      return Optional.empty();
    }
  }

  private void receive(Message message) {
    if (message.replyTo().isPresent()) {
      bus.publish(Message.of(message.replyTo().get(), ""));
    } else {
      callOff();
    }
  }

  private synchronized void callOff() {
    if (interruptible && !over) {
      worker.interrupt();
    }
  }

  /** To be called by the thread that made this, when the answer was sent. */
  @Override
  public void close() {
    synchronized (this) {
      over = true;
    }
    boolean _ = Thread.interrupted(); // The bus ends nothing for a thread that is interrupted.
    asked.ifPresent(Subscription::close);
  }
}
