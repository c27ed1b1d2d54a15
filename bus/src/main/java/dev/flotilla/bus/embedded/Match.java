package dev.flotilla.bus.embedded;

import java.util.ArrayList;
import java.util.List;

/** Who listens on one subject; filled by the index, and used again for the next subject. */
final class Match<S> {
  private final List<S> plain = new ArrayList<>();
  private final List<String> queueNames = new ArrayList<>();
  private final List<List<S>> queues = new ArrayList<>();
  private int queueCount;

  /** Each gets the message. */
  List<S> plain() {
    return plain;
  }

  /** Number of queue groups. */
  int queueCount() {
    return queueCount;
  }

  /** One of these gets the message. */
  List<S> queue(int index) {
    return queues.get(index);
  }

  void clear() {
    plain.clear();
    for (int i = 0; i < queueCount; i++) {
      queues.get(i).clear();
    }
    queueNames.clear();
    queueCount = 0;
  }

  void addPlain(List<S> subscribers) {
    for (int i = 0; i < subscribers.size(); i++) {
      plain.add(subscribers.get(i));
    }
  }

  /** Groups of one name join, however their members spell the subject. */
  void addQueue(String name, List<S> subscribers) {
    int at = queueNames.indexOf(name);
    if (at < 0) {
      at = queueCount++;
      queueNames.add(name);
      if (queues.size() == at) {
        queues.add(new ArrayList<>());
      }
    }
    queues.get(at).addAll(subscribers);
  }
}
