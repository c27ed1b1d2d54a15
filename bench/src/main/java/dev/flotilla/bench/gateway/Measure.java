package dev.flotilla.bench.gateway;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** All measurements of one gateway. */
final class Measure {
  static final String FIDELITY = "fidelity, checks passed of 8";
  static final String CPU = "CPU µs a request, c=16";
  static final String RATE = "requests a second, c=16, one core";
  static final String ADDED_50 = "added p50 ms at half load";
  static final String ADDED_99 = "added p99 ms at half load";
  static final String LEAST_99 = "of that: in the best round";
  static final String MOST_99 = "of that: in the worst round";
  static final String DIRECT_99 = "p99 ms of the mock asked directly, at that rate";
  static final String PAUSES = "at half load: times a second its JVM stood still";
  static final String LONGEST = "at half load: longest time its JVM stood still, ms";
  static final String LOAD_PAUSES = "times the load's own JVM stood still meanwhile";
  static final String FIRST = "added to the first streamed byte, p50 ms";
  static final String STREAMS = "RSS MiB with the streams open";
  static final String CANCEL = "client leaves to upstream cut, ms";
  static final String ASK = "ask about the fleet, p95 ms";
  static final String IDLE = "idle PSS MiB after all that";

  private static final int CONNECTIONS = 16;
  private static final int STEADY = 64;
  static final int STEADY_ROUNDS = 5;
  static final int BUSY_ROUNDS = 3;
  private static final int WARM = 20_000;
  private static final int MOST_ROUNDS = 6;
  private static final double TICKS = 100;

  private final Gateway gateway;
  private final Mock mock;
  private final int seconds;

  Measure(Gateway gateway, Mock mock, int seconds) {
    this.gateway = gateway;
    this.mock = mock;
    this.seconds = seconds;
  }

  void run(Results results, boolean ours, int streams) throws IOException, InterruptedException {
    results.values().put(FIDELITY, (double) new Fidelity(gateway, mock).run(results.checks()));
    warmUp();
    double rate = busy(results);
    steady(results, rate / 2, ours);
    put(
        results,
        FIRST,
        () -> first(gateway.port(), gateway.headers()) - first(mock.port(), Map.of()));
    put(results, CANCEL, this::cancel);
    if (ours) {
      put(results, ASK, this::ask);
      put(results, IDLE, this::pss);
    }
    put(results, STREAMS, () -> streams(streams));
  }

  /** What a request takes, and how many there are at most: the median of some loads. */
  private double busy(Results results) throws IOException, InterruptedException {
    double[] cpu = new double[BUSY_ROUNDS];
    double[] rate = new double[BUSY_ROUNDS];
    for (int round = 0; round < BUSY_ROUNDS; round++) {
      double[] load = closed(seconds);
      cpu[round] = load[0];
      rate[round] = load[1];
    }
    Arrays.sort(cpu);
    Arrays.sort(rate);
    results.values().put(CPU, percentile(cpu, 0.5));
    results.values().put(RATE, percentile(rate, 0.5));
    return percentile(rate, 0.5);
  }

  private interface Measured {
    double value() throws IOException, InterruptedException;
  }

  /** Not a number where the gateway fails at it; what was measured before stands all the same. */
  private void put(Results results, String what, Measured measured) throws InterruptedException {
    try {
      results.values().put(what, measured.value());
    } catch (IOException e) {
      System.err.println(gateway.name() + ", " + what + ": " + e.getMessage());
      results.values().put(what, Double.NaN);
    }
  }

  /**
   * What is added at a steady rate, and who stood still meanwhile: the median of some rounds, in
   * each of which the mock is asked directly first.
   */
  private void steady(Results results, double rate, boolean ours)
      throws IOException, InterruptedException {
    double[] median = new double[STEADY_ROUNDS];
    double[] tail = new double[STEADY_ROUNDS];
    double[] direct = new double[STEADY_ROUNDS];
    List<Double> still = new ArrayList<>();
    long own = 0;
    for (int round = 0; round < STEADY_ROUNDS; round++) {
      System.gc();
      double[] asked = open(mock.port(), Map.of(), rate);
      System.gc();
      Optional<Pauses> pauses =
          ours ? Optional.of(Pauses.of(gateway.pids().getFirst())) : Optional.empty();
      long before = collections();
      double[] through = open(gateway.port(), gateway.headers(), rate);
      own += collections() - before;
      median[round] = through[0] - asked[0];
      tail[round] = through[1] - asked[1];
      direct[round] = asked[1];
      if (pauses.isPresent()) {
        still.addAll(pauses.get().end());
      }
    }
    Arrays.sort(median);
    Arrays.sort(tail);
    Arrays.sort(direct);
    results.values().put(ADDED_50, percentile(median, 0.5));
    results.values().put(ADDED_99, percentile(tail, 0.5));
    results.values().put(LEAST_99, tail[0]);
    results.values().put(MOST_99, tail[STEADY_ROUNDS - 1]);
    results.values().put(DIRECT_99, percentile(direct, 0.5));
    if (ours) {
      results.values().put(PAUSES, still.size() / (double) (seconds * STEADY_ROUNDS));
      results.values().put(LONGEST, still.stream().max(Double::compare).orElse(0.0));
    }
    results.values().put(LOAD_PAUSES, (double) own);
  }

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }

  /** Until the gateway has compiled itself, which takes requests rather than time. */
  private void warmUp() throws IOException, InterruptedException {
    double requests = 0;
    for (int round = 0; round < MOST_ROUNDS && requests < WARM; round++) {
      requests += closed(seconds)[1] * seconds;
    }
  }

  private static String body(String model, String text, boolean stream) {
    return "{\"model\":\"%s\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
        .formatted(model, stream, text);
  }

  private String sentence() {
    return body(gateway.model(), "the quick fox", false);
  }

  /** Sixteen connections, each asking again at once: CPU µs a request, and requests a second. */
  private double[] closed(double time) throws IOException, InterruptedException {
    AtomicLong done = new AtomicLong();
    AtomicLong failed = new AtomicLong();
    double before = cpu();
    long begun = System.nanoTime();
    long end = begun + (long) (time * 1e9);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (Client client = new Client(gateway.port(), gateway.headers())) {
                      byte[] request = client.chat("/v1/chat/completions", sentence());
                      while (System.nanoTime() < end) {
                        if (client.ask(request).status() == 200) {
                          done.incrementAndGet();
                        } else {
                          failed.incrementAndGet();
                        }
                      }
                    } catch (IOException e) {
                      failed.incrementAndGet();
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    double took = (System.nanoTime() - begun) / 1e9;
    if (failed.get() > 0 || done.get() == 0) {
      throw new IOException(failed.get() + " requests failed, " + done.get() + " were answered");
    }
    return new double[] {(cpu() - before) * 1e6 / done.get(), done.get() / took};
  }

  /**
   * Requests at a steady rate over a fixed number of connections, each timed from the moment it was
   * due, so that one that waits for a slow one before it is as slow as that: p50, p99 in ms.
   */
  private double[] open(int port, Map<String, String> headers, double rate)
      throws IOException, InterruptedException {
    long gap = (long) (1e9 / rate);
    double[] took = new double[(int) (rate * seconds)];
    Arrays.fill(took, Double.NaN);
    AtomicLong failed = new AtomicLong();
    long begun = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200);
    List<Thread> threads = new ArrayList<>();
    for (int connection = 0; connection < STEADY; connection++) {
      int own = connection;
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try (Client client = new Client(port, headers)) {
                      byte[] request = client.chat("/v1/chat/completions", sentence());
                      for (int i = own; i < took.length; i += STEADY) {
                        long due = begun + i * gap;
                        for (long left = due - System.nanoTime();
                            left > 0;
                            left = due - System.nanoTime()) {
                          LockSupport.parkNanos(left);
                        }
                        if (client.ask(request).status() == 200) {
                          took[i] = (System.nanoTime() - due) / 1e6;
                        } else {
                          failed.incrementAndGet();
                        }
                      }
                    } catch (IOException e) {
                      failed.incrementAndGet();
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (failed.get() > 0) {
      throw new IOException(failed.get() + " requests failed at half load");
    }
    Arrays.sort(took);
    return new double[] {percentile(took, 0.5), percentile(took, 0.99)};
  }

  private double first(int port, Map<String, String> headers) throws IOException {
    double[] took = new double[200];
    try (Client client = new Client(port, headers)) {
      byte[] request =
          client.chat("/v1/chat/completions", body(gateway.model(), "please stream", true));
      for (int i = 0; i < took.length; i++) {
        long asked = System.nanoTime();
        client.send(request);
        client.firstEvent();
        took[i] = (System.nanoTime() - asked) / 1e6;
        client.rest();
      }
    }
    Arrays.sort(took);
    return percentile(took, 0.5);
  }

  /** From the client's leaving to the server's noticing, the median of twenty; NaN when never. */
  private double cancel() throws IOException, InterruptedException {
    double[] took = new double[20];
    for (int i = 0; i < took.length; i++) {
      Client client = new Client(gateway.port(), gateway.headers());
      client.send(client.chat("/v1/chat/completions", body(gateway.model(), "please hold", true)));
      client.firstEvent();
      long left = System.nanoTime();
      client.close();
      while (mock.held() > 0 && System.nanoTime() - left < Duration.ofSeconds(5).toNanos()) {
        Thread.sleep(1);
      }
      took[i] = mock.held() > 0 ? Double.NaN : Math.max(0, (mock.lastCut() - left) / 1e6);
      if (Double.isNaN(took[i])) {
        return Double.NaN;
      }
    }
    Arrays.sort(took);
    return percentile(took, 0.5);
  }

  private double ask() throws IOException {
    double[] took = new double[500];
    try (Client client = new Client(gateway.port(), gateway.headers())) {
      byte[] request =
          client.chat("/v1/chat/completions", body("auto", "which agents are unhealthy?", false));
      for (int i = 0; i < took.length; i++) {
        long asked = System.nanoTime();
        if (client.ask(request).status() != 200) {
          throw new IOException("the built-in engine did not answer");
        }
        took[i] = (System.nanoTime() - asked) / 1e6;
      }
    }
    Arrays.sort(took);
    return percentile(took, 0.95);
  }

  private double streams(int count) throws IOException, InterruptedException {
    List<Client> open = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        Client client = new Client(gateway.port(), gateway.headers());
        open.add(client);
        client.send(
            client.chat("/v1/chat/completions", body(gateway.model(), "please hold", true)));
        client.firstEvent();
      }
      Thread.sleep(2_000);
      return mock.held() == count ? memory("VmRSS", "status") : Double.NaN;
    } finally {
      for (Client client : open) {
        client.close();
      }
    }
  }

  private double pss() throws IOException, InterruptedException {
    Thread.sleep(5_000);
    return memory("Pss", "smaps_rollup");
  }

  private double memory(String field, String file) throws IOException {
    double sum = 0;
    for (long pid : gateway.pids()) {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/" + file))) {
        if (line.startsWith(field + ":")) {
          sum += Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
        }
      }
    }
    return sum;
  }

  private double cpu() throws IOException {
    double sum = 0;
    for (long pid : gateway.pids()) {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 15);
      sum += (Long.parseLong(words[11]) + Long.parseLong(words[12])) / TICKS;
    }
    return sum;
  }

  private static double percentile(double[] sorted, double share) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  }
}
