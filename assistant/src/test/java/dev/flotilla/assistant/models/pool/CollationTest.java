package dev.flotilla.assistant.models.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CollationTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static Waiting waiting(long number, String model, String key, Instant since) {
    return new Waiting(new Request(number, model, key, 0, Duration.ofMinutes(1)), since);
  }

  /** Serves one request a second with room for one model; returns the models in order. */
  private static String serve(List<Waiting> arrivals, Duration patience) {
    List<Waiting> queue = new ArrayList<>(arrivals);
    StringBuilder order = new StringBuilder();
    Set<String> loaded = Set.of();
    Instant now = START;
    while (!queue.isEmpty()) {
      Waiting next = Collation.next(queue, loaded, key -> 0, patience, now).orElseThrow();
      queue.remove(next);
      order.append(next.model());
      loaded = Set.of(next.model());
      now = now.plusSeconds(1);
    }
    return order.toString();
  }

  @Test
  void requestsOfOneModelAreServedTogether() {
    List<Waiting> arrivals = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      arrivals.add(waiting(i, String.valueOf("ABC".charAt(i % 3)), "k", START));
    }
    assertThat(serve(arrivals, PATIENCE)).isEqualTo("AABBCC");
  }

  @Test
  void nobodyWaitsForEver() {
    List<Waiting> queue = new ArrayList<>();
    queue.add(waiting(0, "C", "k", START));
    Instant now = START;
    long number = 1;
    int served = 0;
    while (queue.stream().anyMatch(w -> w.model().equals("C"))) {
      queue.add(waiting(number++, "A", "k", now));
      Waiting next = Collation.next(queue, Set.of("A"), key -> 0, PATIENCE, now).orElseThrow();
      queue.remove(next);
      served++;
      now = now.plusSeconds(1);
    }
    assertThat(served).isEqualTo(11);
  }

  @Test
  void keysTakeTurns() {
    List<Waiting> queue =
        List.of(waiting(0, "A", "greedy", START), waiting(1, "A", "modest", START));
    assertThat(
            Collation.next(
                queue, Set.of("A"), key -> key.equals("greedy") ? 3 : 0, PATIENCE, START))
        .map(Waiting::holder)
        .contains("modest");
  }
}
