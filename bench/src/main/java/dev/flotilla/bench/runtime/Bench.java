package dev.flotilla.bench.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What all parts of the benchmark share: the peers that are here, their numbers, places and ports.
 */
final class Bench {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int FIRST_PORT = 21_000;
  private static final int LAST_PORT = 31_000;

  private final Path work;
  private final Path program;
  private final Map<String, Supplier<Peer>> peers = new LinkedHashMap<>();
  private final Map<String, String> versions = new LinkedHashMap<>();
  private final Map<String, Numbers> results = new LinkedHashMap<>();
  private final List<String> remarks = new ArrayList<>();
  private int port = FIRST_PORT;
  private int places;

  /**
   * @param only names of peers to measure; empty for all that are here
   */
  Bench(Path work, Path program, List<Supplier<Peer>> candidates, Set<String> only) {
    this.work = work;
    this.program = program;
    for (Supplier<Peer> candidate : candidates) {
      Peer peer = candidate.get();
      if (!only.isEmpty() && !only.contains(peer.name())) {
        continue;
      }
      Optional<String> version = peer.version();
      versions.put(peer.name(), version.orElse("not on this machine"));
      if (version.isPresent()) {
        peers.put(peer.name(), candidate);
      }
    }
  }

  List<Peer> peers() {
    return peers.values().stream().map(Supplier::get).toList();
  }

  Map<String, String> versions() {
    return versions;
  }

  Numbers numbers(Peer peer) {
    return results.computeIfAbsent(peer.name(), name -> new Numbers());
  }

  /** What a restart costs without a supervisor. */
  Numbers floor() {
    return results.computeIfAbsent("floor (C)", name -> new Numbers());
  }

  /** The same peer afresh: each is used once. */
  Peer another(Peer peer) {
    return Optional.ofNullable(peers.get(peer.name())).orElseThrow().get();
  }

  void remark(String text) {
    remarks.add(text);
  }

  List<String> remarks() {
    return remarks;
  }

  Map<String, Numbers> results() {
    return results;
  }

  Path program() {
    return program;
  }

  Path place(String name) throws IOException {
    return Files.createDirectories(work.resolve(++places + "-" + name));
  }

  /** The first of so many ports in a row that nobody else used a moment ago. */
  int ports(int count) {
    if (port + count > LAST_PORT) {
      port = FIRST_PORT;
    }
    int first = port;
    port += count + 3;
    return first;
  }

  void say(String text) {
    System.out.printf("%tT %s%n", System.currentTimeMillis(), text);
  }

  static boolean await(BooleanSupplier condition) throws InterruptedException {
    return await(PATIENCE, condition);
  }

  static boolean await(Duration patience, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(10);
    }
    return true;
  }

  /** Seconds from a moment until the last agent listened; empty when not all ever did. */
  static Optional<Double> ready(Site site, long since) throws InterruptedException {
    int listening = (int) site.commands().stream().filter(command -> command.port() > 0).count();
    if (!await(() -> site.marks().size() >= listening)) {
      return Optional.empty();
    }
    long last = site.marks().stream().mapToLong(Site.Mark::nanos).max().orElse(since);
    return Optional.of((last - since) / 1e9);
  }

  /** Stops a peer and counts what it leaves; gives the seconds that took. */
  static double stop(Peer peer, Site site, Numbers numbers, String orphans)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    peer.stop();
    boolean gone = await(Duration.ofSeconds(5), () -> site.alive().isEmpty());
    double seconds = (System.nanoTime() - begin) / 1e9 - (gone ? 0 : 5);
    List<Long> left = new ArrayList<>(site.alive());
    numbers.add(orphans, left.size());
    left.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    await(() -> site.alive().isEmpty());
    return seconds;
  }
}
