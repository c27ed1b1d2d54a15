package dev.flotilla.assistant.models.pool;

import java.util.ArrayList;
import java.util.List;

/** Who waits for a model, in the order they came. For one thread at a time. */
final class RequestQueue {
  private final List<Waiting> queue = new ArrayList<>();

  void add(Waiting waiting) {
    queue.add(waiting);
  }

  void remove(Waiting waiting) {
    queue.remove(waiting);
  }

  void withdraw(long number) {
    queue.removeIf(waiting -> waiting.number() == number);
  }

  List<Waiting> all() {
    return List.copyOf(queue);
  }

  List<Waiting> forModel(String model) {
    return queue.stream().filter(waiting -> waiting.model().equals(model)).toList();
  }
}
