package dev.flotilla.bench.bus;

import dev.flotilla.bus.BusOptions;
import dev.flotilla.bus.Message;
import dev.flotilla.bus.NatsBus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * Writes a Markdown report: request/reply and throughput with messages of 256 bytes, median and
 * range over the rounds. The peers take turns, so that what else the machine does hits both.
 */
public final class BusBenchmark {
  private static final int SIZE = 256;
  private static final int WARM_UP = 20_000;
  private static final int REQUESTS = 5_000;
  private static final int MESSAGES = 200_000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private BusBenchmark() {}

  /**
   * @param arguments how many rounds, 5 when left out, and the report, {@code bench/reports/bus.md}
   *     when left out
   */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    try (Peer embedded = Peer.embedded();
        Peer natsServer = Peer.natsServer()) {
      List<Measured> all = List.of(prepare(embedded), prepare(natsServer));
      for (int i = 0; i < rounds; i++) {
        for (Measured measured : all) {
          measured.rounds().add(measure(measured.peer(), REQUESTS));
        }
      }
      String report = report(rounds, table(all.getFirst(), all.getLast()));
      Files.writeString(
          Path.of(arguments.length > 1 ? arguments[1] : "bench/reports/bus.md"), report);
      System.out.print(report);
    }
  }

  /**
   * @param idle memory before the first message, in MiB
   */
  private record Measured(Peer peer, double idle, List<Round> rounds) {}

  private static Measured prepare(Peer peer)
      throws IOException, InterruptedException, ExecutionException {
    double idle = peer.memory();
    Round _ = measure(peer, WARM_UP);
    return new Measured(peer, idle, new ArrayList<>());
  }

  private static Round measure(Peer peer, int requests)
      throws InterruptedException, ExecutionException {
    try (NatsBus asker = NatsBus.connect(BusOptions.of(peer.url(), "asker"));
        NatsBus answerer = NatsBus.connect(BusOptions.of(peer.url(), "answerer"))) {
      byte[] data = new byte[SIZE];
      answerer.subscribe(
          "bench.ask", "q", m -> answerer.publish(Message.of(m.replyTo().orElseThrow(), m.data())));
      answerer.flush(PATIENCE);
      long[] nanos = new long[requests];
      for (int i = 0; i < requests; i++) {
        long begin = System.nanoTime();
        asker.request(Message.of("bench.ask", data), PATIENCE).get();
        nanos[i] = System.nanoTime() - begin;
      }
      Arrays.sort(nanos);
      return new Round(
          nanos[requests / 2] / 1e3,
          nanos[(int) (requests * 0.99)] / 1e3,
          throughput(asker, answerer, data));
    }
  }

  private static double throughput(NatsBus publisher, NatsBus subscriber, byte[] data)
      throws InterruptedException {
    CountDownLatch arrived = new CountDownLatch(MESSAGES);
    subscriber.subscribe("bench.flow", "", m -> arrived.countDown());
    subscriber.flush(PATIENCE);
    Message message = Message.of("bench.flow", data);
    long begin = System.nanoTime();
    for (int i = 0; i < MESSAGES; i++) {
      publisher.publish(message);
    }
    if (!arrived.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException(arrived.getCount() + " messages were lost");
    }
    return MESSAGES / ((System.nanoTime() - begin) / 1e9);
  }

  private static String report(int rounds, String table) throws IOException {
    return """
    # The embedded bus beside nats-server

    Each server in a process of its own, the same client (jnats), messages of %d bytes, %d rounds \
    in turns after %,d requests that do not count; median (least–most). A round is %,d requests one \
    after the other and %,d messages from one publisher to one subscriber.

    Machine: %d cores, %s, load after the run %s.

    %s\
    """
        .formatted(
            SIZE,
            rounds,
            WARM_UP,
            REQUESTS,
            MESSAGES,
            Runtime.getRuntime().availableProcessors(),
            Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip(),
            Files.readString(Path.of("/proc/loadavg")).strip(),
            table);
  }

  private static String table(Measured embedded, Measured natsServer) {
    double ratio = median(embedded.rounds(), Round::p50) / median(natsServer.rounds(), Round::p50);
    double tail = median(embedded.rounds(), Round::p99) / median(natsServer.rounds(), Round::p99);
    return """
    | bus | version | request/reply p50, µs | p99, µs | pub/sub, messages/s | idle PSS, MiB |
    |---|---|---|---|---|---|
    %s
    %s

    p50 embedded / nats-server: %.2f; p99: %.2f
    """
        .formatted(row(embedded), row(natsServer), ratio, tail);
  }

  private static String row(Measured measured) {
    return "| %s | %s | %s | %s | %s | %.0f |"
        .formatted(
            measured.peer().name(),
            measured.peer().version(),
            cell(measured.rounds(), Round::p50),
            cell(measured.rounds(), Round::p99),
            cell(measured.rounds(), Round::throughput),
            measured.idle());
  }

  private static String cell(List<Round> rounds, ToDoubleFunction<Round> value) {
    double[] sorted = rounds.stream().mapToDouble(value).sorted().toArray();
    return String.format(
        Locale.ROOT,
        "%,.0f (%,.0f–%,.0f)",
        median(rounds, value),
        sorted[0],
        sorted[sorted.length - 1]);
  }

  private static double median(List<Round> rounds, ToDoubleFunction<Round> value) {
    double[] sorted = rounds.stream().mapToDouble(value).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
