package dev.flotilla.assistant.models.pool;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The leases that stand. For one thread at a time. */
final class Leases {
  private final Map<String, Lease> standing = new LinkedHashMap<>();

  /** A new lease, or a known one with another end. */
  void put(Lease lease) {
    standing.put(lease.id(), lease);
  }

  Optional<Lease> find(String id) {
    return Optional.ofNullable(standing.get(id));
  }

  Optional<Lease> end(String id) {
    return Optional.ofNullable(standing.remove(id));
  }

  /** Ends all that are so; gives those that were. */
  List<Lease> endIf(Predicate<Lease> so) {
    List<Lease> ended = standing.values().stream().filter(so).toList();
    ended.forEach(lease -> standing.remove(lease.id()));
    return ended;
  }

  int on(String model) {
    return count(lease -> lease.model().equals(model));
  }

  int of(String holder) {
    return count(lease -> lease.holder().equals(holder));
  }

  private int count(Predicate<Lease> so) {
    return (int) standing.values().stream().filter(so).count();
  }

  List<Lease> all() {
    return List.copyOf(standing.values());
  }
}
