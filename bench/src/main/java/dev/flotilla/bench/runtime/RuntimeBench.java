package dev.flotilla.bench.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Starts, kills and stops the same agents under Flotilla and its peers, in turns.
 *
 * <p>Arguments: the report to write, rounds, agents, seconds to measure cost over, seconds of the
 * crash loop.
 */
public final class RuntimeBench {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int KILLS = 5;
  private static final List<Supplier<Peer>> PEERS =
      List.of(
          FlotillaPeer::new,
          DaemonPeer.Supervisord::new,
          DaemonPeer.Runit::new,
          DaemonPeer.S6::new,
          Pm2::new);

  private final Path work;
  private final Path program;
  private final Options options;
  private final Map<String, Numbers> results = new LinkedHashMap<>();
  private final Map<String, String> versions = new LinkedHashMap<>();
  private int port = 21000;

  private record Options(int rounds, int agents, int costSeconds, int loopSeconds) {}

  private RuntimeBench(Path work, Path program, Options options) {
    this.work = work;
    this.program = program;
    this.options = options;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Path work = Files.createTempDirectory("flotilla-bench");
    Options options =
        new Options(
            Integer.parseInt(args[1]),
            Integer.parseInt(args[2]),
            Integer.parseInt(args[3]),
            Integer.parseInt(args[4]));
    RuntimeBench bench = new RuntimeBench(work, compile(work), options);
    bench.measure();
    Files.writeString(
        Path.of(args[0]),
        Report.of(
            bench.versions,
            bench.results,
            options.rounds(),
            options.agents(),
            options.costSeconds(),
            options.loopSeconds()));
  }

  private static Path compile(Path work) throws IOException, InterruptedException {
    Path source = work.resolve("agent.c");
    try (InputStream in = RuntimeBench.class.getResourceAsStream("agent.c")) {
      Files.write(source, Optional.ofNullable(in).orElseThrow().readAllBytes());
    }
    Path program = work.resolve("agent");
    String words =
        Shell.run(
            Map.of(), List.of("cc", "-O2", "-static", "-o", program.toString(), source.toString()));
    if (!Files.isExecutable(program)) {
      throw new IOException("the agent could not be compiled: " + words);
    }
    return program;
  }

  private void measure() throws IOException, InterruptedException {
    for (int round = 1; round <= options.rounds(); round++) {
      for (Supplier<Peer> maker : PEERS) {
        Peer peer = maker.get();
        Optional<String> version = peer.version();
        versions.put(peer.name(), version.orElse("not on this machine"));
        if (version.isPresent()) {
          Numbers numbers = results.computeIfAbsent(peer.name(), name -> new Numbers());
          one(peer, numbers, round);
          System.out.printf("round %d: %s done%n", round, peer.name());
        }
      }
    }
  }

  private void one(Peer peer, Numbers numbers, int round) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(work.resolve(peer.name() + round));
    boolean last = round == options.rounds();
    Site site =
        new Site(folder, program, folder.resolve("marks"), nextPorts(), options.agents(), last);
    peer.prepare(site);
    try {
      long start = System.nanoTime();
      peer.start();
      if (!await(() -> marks(site).size() >= options.agents())) {
        numbers.add("never ready", options.agents() - marks(site).size());
        return;
      }
      long ready = marks(site).stream().mapToLong(Site.Mark::nanos).max().orElse(start);
      numbers.add("ready s", (ready - start) / 1e9);
      Thread.sleep(2500);
      kills(site, numbers);
      if (last) {
        cost(peer, site, numbers);
      }
    } finally {
      long stop = System.nanoTime();
      peer.stop();
      boolean gone = await(() -> site.alive().isEmpty());
      numbers.add("stop s", (System.nanoTime() - stop) / 1e9);
      numbers.add("orphans", gone ? 0 : site.alive().size());
      site.alive().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }
  }

  private int nextPorts() {
    port += options.agents() + 3;
    return port;
  }

  private void kills(Site site, Numbers numbers) throws InterruptedException {
    List<Site.Mark> first = new ArrayList<>(marks(site));
    for (int i = 0; i < Math.min(KILLS, first.size()); i++) {
      Site.Mark victim = first.get(i);
      long start = System.nanoTime();
      ProcessHandle.of(victim.pid()).ifPresent(ProcessHandle::destroyForcibly);
      if (await(() -> again(site, victim).isPresent())) {
        numbers.add("kill ms", (again(site, victim).orElseThrow().nanos() - start) / 1e6);
      }
    }
  }

  private static Optional<Site.Mark> again(Site site, Site.Mark victim) {
    return marks(site).stream()
        .filter(mark -> mark.port() == victim.port() && mark.pid() != victim.pid())
        .findFirst();
  }

  private void cost(Peer peer, Site site, Numbers numbers)
      throws IOException, InterruptedException {
    List<Long> pids = peer.supervisors();
    double before = Cost.seconds(pids);
    long start = System.nanoTime();
    Thread.sleep(Duration.ofSeconds(options.costSeconds()));
    double seconds = (System.nanoTime() - start) / 1e9;
    numbers.add("cpu %", (Cost.seconds(pids) - before) / seconds * 100);
    numbers.add("pss MiB", Cost.pss(peer.supervisors()));
    int rest = options.loopSeconds() - options.costSeconds();
    Thread.sleep(Duration.ofSeconds(Math.max(0, rest)));
    numbers.add(
        "spawns", Files.exists(site.spawns()) ? Files.readAllLines(site.spawns()).size() : 0);
  }

  private static List<Site.Mark> marks(Site site) {
    try {
      return site.read();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static boolean await(Supplier<Boolean> condition) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.get()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(10);
    }
    return true;
  }
}
