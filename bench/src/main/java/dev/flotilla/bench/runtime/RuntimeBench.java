package dev.flotilla.bench.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Supervision beside its peers: the same agents started, killed, hung and stopped under each. */
@Command(
    name = "RuntimeBench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures supervision beside its peers and writes the report.")
public final class RuntimeBench implements Callable<Integer> {
  private static final int FLOOR_ROUNDS = 25;
  private static final int TRAINING_KILLS = 3;

  /** What can be measured. */
  public enum Part {
    ROUNDS,
    HANGS,
    STOPS,
    LAYERS,
    REST
  }

  @Option(names = "--report", paramLabel = "FILE", defaultValue = "bench/reports/runtime.md")
  private Path report = Path.of("");

  @Option(names = "--parts", split = ",", description = "of ${COMPLETION-CANDIDATES}")
  private Set<Part> parts = EnumSet.allOf(Part.class);

  @Option(names = "--peers", split = ",", description = "by name; all that are here when left out")
  private Set<String> only = Set.of();

  @Option(names = "--rounds", defaultValue = "5")
  private int rounds;

  @Option(names = "--agents", defaultValue = "77")
  private int agents;

  @Option(names = "--cost-seconds", defaultValue = "60")
  private int costSeconds;

  @Option(names = "--loop-seconds", defaultValue = "120")
  private int loopSeconds;

  @Option(names = "--stops", defaultValue = "50", description = "rounds of Flotilla; peers have 2")
  private int stops;

  @Option(names = "--layered", defaultValue = "1000", description = "agents in seven layers")
  private int layered;

  public static void main(String[] args) {
    System.exit(
        new CommandLine(new RuntimeBench())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path work = Files.createTempDirectory("flotilla-bench");
    Path program = compile(work);
    Path cache = work.resolve("node.aot");
    String classPath = Jars.classPath(work);
    List<Supplier<Peer>> peers =
        List.of(
            () -> new FlotillaPeer(classPath, cache),
            DaemonPeer.Supervisord::new,
            DaemonPeer.Runit::new,
            DaemonPeer.S6::new,
            Pm2::new,
            ProcessCompose::new);
    Bench bench = new Bench(work, program, peers, only);
    String load = Report.loadNow();
    train(bench, classPath, cache);
    for (String nanos :
        Shell.run(
                Map.of(),
                List.of(
                    program.toString(),
                    "floor",
                    Integer.toString(bench.ports(1)),
                    Integer.toString(FLOOR_ROUNDS)))
            .lines()
            .toList()) {
      bench.floor().add("kill ms", Long.parseLong(nanos) / 1e6);
    }
    Parts measured = new Parts(bench, agents);
    for (Part part : parts) {
      switch (part) {
        case ROUNDS -> measured.rounds(rounds);
        case HANGS -> measured.hangs();
        case STOPS -> measured.stops(stops, Math.min(2, stops));
        case LAYERS -> measured.layers(layered);
        case REST ->
            measured.atRest(Duration.ofSeconds(costSeconds), Duration.ofSeconds(loopSeconds));
      }
    }
    String text = new Report(bench, rounds, agents, costSeconds, loopSeconds, layered, load).text();
    Files.writeString(report, text);
    System.out.println(text);
    return 0;
  }

  /**
   * One start, kills and stop of Flotilla that count for nothing and leave the AOT cache; the
   * launcher's training has as many ends in it.
   */
  private void train(Bench bench, String classPath, Path cache)
      throws IOException, InterruptedException {
    FlotillaPeer peer = new FlotillaPeer(classPath, cache);
    Site site =
        Site.listening(bench.place("training"), bench.program(), bench.ports(agents), agents);
    peer.prepare(site);
    peer.start();
    Bench.ready(site, System.nanoTime());
    Parts.killOften(site, TRAINING_KILLS);
    peer.stop();
    peer.await();
    bench.say(Files.exists(cache) ? "trained" : "no AOT cache was made; going on without");
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
}
