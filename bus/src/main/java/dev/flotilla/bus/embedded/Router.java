package dev.flotilla.bus.embedded;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Brings each message to whoever listens. Not thread-safe. */
final class Router {
  private final SubjectIndex<Subscriber> index = new SubjectIndex<>();
  private final Match<Subscriber> found = new Match<>();
  private final Match<Subscriber> inbox = new Match<>();
  private final RandomGenerator random;

  /** What {@link #found} is for; streams of messages mostly have one subject. */
  private byte[] foundFor = {};

  private long foundAt = -1;

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
    find(message);
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

  private void find(Publication message) {
    boolean same =
        foundAt == index.changes()
            && Arrays.equals(
                message.line, message.subjectFrom, message.subjectTo, foundFor, 0, foundFor.length);
    if (!same) {
      foundFor = Arrays.copyOfRange(message.line, message.subjectFrom, message.subjectTo);
      foundAt = index.changes();
      index.match(message.subject(), found);
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
    index.match(message.reply(), inbox);
    for (Subscriber subscriber : inbox.plain()) {
      if (subscriber.session == asker) {
        asker.sayNobodyListens(subscriber, message);
        return;
      }
    }
  }
}
