package dev.flotilla.bench.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The measurements, each with all peers in turns or at once.
 *
 * @param agents of the fleet that is started, killed and stopped
 */
record Parts(Bench bench, int agents) {
  private static final Duration SETTLE = Duration.ofMillis(1500);
  private static final int KILLS = 5;
  private static final int HUNG = 5;
  private static final int LAYERS = 7;

  /** Start, five kills and stop, in so many rounds. */
  void rounds(int rounds) throws IOException, InterruptedException {
    for (int round = 1; round <= rounds; round++) {
      for (Peer peer : bench.peers()) {
        Numbers numbers = bench.numbers(peer);
        Site site = listening(peer);
        peer.prepare(site);
        long begin = System.nanoTime();
        peer.start();
        Optional<Double> ready = Bench.ready(site, begin);
        ready.ifPresent(seconds -> numbers.add("ready s", seconds));
        Thread.sleep(SETTLE);
        kills(site, numbers);
        numbers.add("stop s", Bench.stop(peer, site, numbers, "orphans"));
        bench.say("round %d: %s".formatted(round, peer.name()));
      }
    }
  }

  private Site listening(Peer peer) throws IOException {
    return Site.listening(bench.place(peer.name()), bench.program(), bench.ports(agents), agents);
  }

  private static void kills(Site site, Numbers numbers) throws InterruptedException {
    List<Site.Mark> first = new ArrayList<>(site.marks());
    for (Site.Mark victim : first.subList(0, Math.min(KILLS, first.size()))) {
      long begin = System.nanoTime();
      ProcessHandle.of(victim.pid()).ifPresent(ProcessHandle::destroyForcibly);
      if (Bench.await(() -> again(site, victim).isPresent())) {
        numbers.add("kill ms", (again(site, victim).orElseThrow().nanos() - begin) / 1e6);
      }
      Thread.sleep(50);
    }
  }

  /** Kills every agent so often, each time once all listen again. */
  static void killOften(Site site, int times) throws InterruptedException {
    Set<Site.Mark> killed = new HashSet<>();
    for (int time = 1; time <= times; time++) {
      List<Site.Mark> alive = new ArrayList<>(site.marks());
      alive.removeAll(killed);
      alive.forEach(mark -> ProcessHandle.of(mark.pid()).ifPresent(ProcessHandle::destroyForcibly));
      killed.addAll(alive);
      int all = killed.size() + alive.size();
      Bench.await(() -> site.marks().size() >= all);
    }
  }

  private static Optional<Site.Mark> again(Site site, Site.Mark victim) {
    return site.marks().stream()
        .filter(mark -> mark.port() == victim.port() && mark.pid() != victim.pid())
        .findFirst();
  }

  /** What is measured over a long time, under all peers together. */
  private record Lasting(Peer peer, Site site) {}

  /**
   * At rest, with an agent that ends with 1 at once, and with one whose port is held: all of it at
   * the same time, each in a supervisor of its own, since none of it needs much of a core.
   */
  void atRest(Duration cost, Duration loop) throws IOException, InterruptedException {
    List<Lasting> resting = new ArrayList<>();
    List<Lasting> crashing = new ArrayList<>();
    List<Lasting> held = new ArrayList<>();
    List<ServerSocket> holders = new ArrayList<>();
    for (Peer peer : bench.peers()) {
      resting.add(new Lasting(peer, listening(peer)));
      crashing.add(
          new Lasting(
              bench.another(peer), Site.crashing(bench.place(peer.name()), bench.program())));
      int port = bench.ports(1);
      holders.add(new ServerSocket(port, 50, InetAddress.getByName("0.0.0.0")));
      held.add(
          new Lasting(
              bench.another(peer), Site.noting(bench.place(peer.name()), bench.program(), port)));
    }
    List<Lasting> all = Stream.of(resting, crashing, held).flatMap(List::stream).toList();
    try {
      for (Lasting one : all) {
        one.peer().prepare(one.site());
        one.peer().start();
      }
      double[] before = crashing.stream().mapToDouble(Parts::seconds).toArray();
      long begin = System.nanoTime();
      Thread.sleep(loop.minus(cost).isPositive() ? loop.minus(cost) : SETTLE);
      double[] rest = resting.stream().mapToDouble(Parts::seconds).toArray();
      Thread.sleep(cost);
      double elapsed = (System.nanoTime() - begin) / 1e9;
      for (int i = 0; i < resting.size(); i++) {
        Numbers numbers = bench.numbers(resting.get(i).peer());
        numbers.add("cpu %", (seconds(resting.get(i)) - rest[i]) / cost.toSeconds() * 100);
        numbers.add("pss MiB", Cost.pss(resting.get(i).peer().supervisors()));
        numbers.add("spawns", crashing.get(i).site().spawns());
        numbers.add("loop cpu %", (seconds(crashing.get(i)) - before[i]) / elapsed * 100);
        numbers.add("held spawns", held.get(i).site().spawns());
      }
      for (Lasting one : held) {
        if (one.peer() instanceof FlotillaPeer flotilla) {
          bench.remark("A port held beforehand, in Flotilla's words: " + flotilla.reason("held"));
        }
      }
    } finally {
      for (Lasting one : all) {
        one.peer().stop();
      }
      for (ServerSocket holder : holders) {
        holder.close();
      }
    }
    bench.say("at rest, crash loops and held ports");
  }

  private static double seconds(Lasting one) {
    return Cost.seconds(one.peer().supervisors());
  }

  /** Stops fleets in which every seventh agent has a child in a session of its own. */
  void stops(int rounds, int peerRounds) throws IOException, InterruptedException {
    for (Peer candidate : bench.peers()) {
      Numbers numbers = bench.numbers(candidate);
      int times = candidate instanceof FlotillaPeer ? rounds : peerRounds;
      for (int round = 1; round <= times; round++) {
        Peer peer = bench.another(candidate);
        Site site =
            Site.withChildren(
                bench.place(peer.name()), bench.program(), bench.ports(agents), agents);
        peer.prepare(site);
        long begin = System.nanoTime();
        peer.start();
        if (Bench.ready(site, begin).isPresent()) {
          numbers.add("stop children s", Bench.stop(peer, site, numbers, "left children"));
        }
      }
      bench.say("%d stops with grandchildren: %s".formatted(times, candidate.name()));
    }
  }

  /** SIGSTOP until another process listens, for those who ask their agents. */
  void hangs() throws IOException, InterruptedException {
    for (Peer peer : bench.peers()) {
      if (!peer.probes()) {
        continue;
      }
      Site site = listening(peer);
      peer.prepare(site);
      peer.start();
      if (Bench.ready(site, System.nanoTime()).isPresent()) {
        Thread.sleep(SETTLE);
        Map<Site.Mark, Long> stopped = new HashMap<>();
        for (Site.Mark victim : site.marks().subList(0, HUNG)) {
          Shell.run(Map.of(), List.of("kill", "-STOP", Long.toString(victim.pid())));
          stopped.put(victim, System.nanoTime());
          Thread.sleep(170);
        }
        for (Map.Entry<Site.Mark, Long> entry : stopped.entrySet()) {
          if (Bench.await(Duration.ofSeconds(20), () -> again(site, entry.getKey()).isPresent())) {
            bench
                .numbers(peer)
                .add(
                    "hang s",
                    (again(site, entry.getKey()).orElseThrow().nanos() - entry.getValue()) / 1e9);
          }
        }
      }
      site.marks()
          .forEach(mark -> ProcessHandle.of(mark.pid()).ifPresent(ProcessHandle::destroyForcibly));
      Bench.stop(peer, site, new Numbers(), "orphans");
      bench.say("hangs: " + peer.name());
    }
  }

  /** Many agents in layers, each of which needs two of the layer before to be healthy. */
  void layers(int count) throws IOException, InterruptedException {
    for (Peer peer : bench.peers()) {
      if (!peer.probes()) {
        continue;
      }
      Numbers numbers = bench.numbers(peer);
      Site site =
          Site.layered(
              bench.place(peer.name()), bench.program(), bench.ports(count), count, LAYERS);
      peer.prepare(site);
      long begin = System.nanoTime();
      peer.start();
      Optional<Double> ready = Bench.ready(site, begin);
      numbers.add("dag missing", count - site.marks().size());
      ready.ifPresent(seconds -> numbers.add("dag s", seconds));
      numbers.add("dag violations", (double) violations(site));
      numbers.add("dag stop s", Bench.stop(peer, site, numbers, "dag orphans"));
      bench.say("layers: " + peer.name());
    }
  }

  private static long violations(Site site) {
    Map<Integer, Long> listened = new HashMap<>();
    site.marks().forEach(mark -> listened.putIfAbsent(mark.port(), mark.nanos()));
    Map<String, Integer> ports = new HashMap<>();
    site.commands().forEach(command -> ports.put(command.name(), command.port()));
    return site.commands().stream()
        .flatMap(
            command ->
                command.needs().stream()
                    .filter(
                        need ->
                            listened.getOrDefault(ports.getOrDefault(need, 0), Long.MAX_VALUE)
                                > listened.getOrDefault(command.port(), Long.MAX_VALUE)))
        .count();
  }
}
