package dev.flotilla.bench.mixed;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What is done to the fleet from outside, one thing after the other, and when it was whole again.
 */
final class Faults {
  private final TestFleet fleet;
  private final Random random;
  private final Instant begun = Instant.now();
  private final List<Fault> done = new ArrayList<>();

  /**
   * @param at since the beginning
   * @param back how long until it answered again
   */
  record Fault(String what, Duration at, Duration back) {}

  /** One kind of fault; returns when all is well again. */
  @FunctionalInterface
  private interface Deed {
    void take() throws IOException, InterruptedException;
  }

  Faults(TestFleet fleet, Random random) {
    this.fleet = fleet;
    this.random = random;
  }

  /**
   * Until then.
   *
   * @param every seconds between two, at random from half as long to one and a half times
   */
  void until(Instant end, int every) throws IOException, InterruptedException {
    List<String> services = TestFleet.SERVICES;
    for (int turn = 0; ; turn++) {
      Duration rest = Duration.ofMillis((long) (every * 1_000L * (0.5 + random.nextDouble())));
      Duration left = Duration.between(Instant.now(), end).minusSeconds(every);
      if (left.compareTo(rest) < 0) {
        Thread.sleep(Duration.ofMillis(Math.max(0, left.toMillis() + every * 1_000L)));
        return;
      }
      Thread.sleep(rest);
      switch (turn % 4) {
        case 0 -> killOf(services.get(turn / 4 % services.size()));
        case 1 -> badServer(turn / 4 % 2 == 0);
        case 2 -> killOf(services.get(random.nextInt(services.size())));
        default -> note("kill -9 of the node and its bus, then `flotilla up`", fleet::killNode);
      }
    }
  }

  private void killOf(String service) throws IOException, InterruptedException {
    note("kill -9 of " + service, () -> fleet.kill(service));
  }

  private void badServer(boolean killed) throws IOException, InterruptedException {
    if (killed) {
      note("kill -9 of a model's server", () -> fleet.signalServer("KILL"));
    } else {
      note("SIGSTOP of a model's server", () -> fleet.signalServer("STOP"));
    }
  }

  private void note(String what, Deed deed) throws IOException, InterruptedException {
    Instant at = Instant.now();
    deed.take();
    done.add(new Fault(what, Duration.between(begun, at), Duration.between(at, Instant.now())));
  }

  List<Fault> done() {
    return List.copyOf(done);
  }
}
