package dev.flotilla.bench.bus;

import dev.flotilla.bus.BusOptions;
import dev.flotilla.bus.Message;
import dev.flotilla.bus.NatsBus;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * Prints a Markdown table: request/reply and throughput with messages of 256 bytes, median and
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
   * @param arguments how many rounds, 5 when left out
   */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    try (Peer embedded = Peer.embedded();
        Peer natsServer = Peer.natsServer()) {
      List<Peer> peers = List.of(embedded, natsServer);
      Map<String, Double> idle = new LinkedHashMap<>();
      Map<String, List<Round>> results = new LinkedHashMap<>();
      for (Peer peer : peers) {
        idle.put(peer.name(), peer.memory());
        results.put(peer.name(), new ArrayList<>());
        measure(peer, WARM_UP);
      }
      for (int i = 0; i < rounds; i++) {
        for (Peer peer : peers) {
          results.get(peer.name()).add(measure(peer, REQUESTS));
        }
      }
      print(peers, idle, results);
    }
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

  private static void print(
      List<Peer> peers, Map<String, Double> idle, Map<String, List<Round>> results) {
    StringBuilder table =
        new StringBuilder(
            """
            | bus | version | request/reply p50, µs | p99, µs | pub/sub, messages/s | idle PSS, MiB |
            |---|---|---|---|---|---|
            """);
    for (Peer peer : peers) {
      List<Round> rounds = results.get(peer.name());
      table.append(
          "| %s | %s | %s | %s | %s | %.0f |%n"
              .formatted(
                  peer.name(),
                  peer.version(),
                  cell(rounds, Round::p50),
                  cell(rounds, Round::p99),
                  cell(rounds, Round::throughput),
                  idle.get(peer.name())));
    }
    double ratio =
        median(results.get(peers.getFirst().name()), Round::p50)
            / median(results.get(peers.getLast().name()), Round::p50);
    table.append("%np50 embedded / nats-server: %.2f%n".formatted(ratio));
    System.out.print(table);
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
