package dev.flotilla.bus.embedded;

import java.util.List;
import java.util.random.RandomGenerator;

/** Brings each message to whoever listens. Not thread-safe. */
final class Router {
  private final SubjectIndex<Subscriber> index = new SubjectIndex<>();
  private final Match<Subscriber> found = new Match<>();
  private final RandomGenerator random;

  /**
   * @param random picks one of a queue group
   */
  Router(RandomGenerator random) {
    this.random = random;
  }

  int subscriptions() {
    return index.size();
  }

  void add(Subscriber subscriber) {
    index.add(subscriber.subject, subscriber.queue, subscriber);
  }

  void remove(Subscriber subscriber) {
    index.remove(subscriber.subject, subscriber.queue, subscriber);
  }

  void route(Session from, Publication message) {
    index.match(message.subject(), found);
    boolean delivered = false;
    List<Subscriber> plain = found.plain();
    for (int i = 0; i < plain.size(); i++) {
      delivered |= plain.get(i).session.deliver(plain.get(i), from, message);
    }
    for (int i = 0; i < found.queueCount(); i++) {
      delivered |= deliverToOne(found.queue(i), from, message);
    }
    if (!delivered && message.hasReply() && from.wantsNoResponders()) {
      sayNobodyListens(from, message);
    }
  }

  /** One at random, or the next who takes it. */
  private boolean deliverToOne(List<Subscriber> group, Session from, Publication message) {
    int first = random.nextInt(group.size());
    for (int i = 0; i < group.size(); i++) {
      Subscriber chosen = group.get((first + i) % group.size());
      if (chosen.session.deliver(chosen, from, message)) {
        return true;
      }
    }
    return false;
  }

  @SuppressWarnings("ReferenceEquality") // sessions are told apart by identity
  private void sayNobodyListens(Session asker, Publication message) {
    index.match(message.reply(), found);
    for (Subscriber subscriber : found.plain()) {
      if (subscriber.session == asker) {
        asker.sayNobodyListens(subscriber, message);
        return;
      }
    }
  }
}
