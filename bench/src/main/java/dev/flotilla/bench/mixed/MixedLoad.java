package dev.flotilla.bench.mixed;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Mixed load with faults and kills on a whole fleet; the exit code is 1 when anything was lost. */
@Command(
    name = "MixedLoad",
    mixinStandardHelpOptions = true,
    description =
        "Asks, streams, embeds, borrows models, keeps numbers and hands in jobs while targets fail"
            + " and services are killed.")
public final class MixedLoad implements Callable<Integer> {
  @Option(names = "--minutes", defaultValue = "10", description = "of load")
  private double minutes;

  @Option(names = "--kill-every", defaultValue = "20", description = "seconds between two faults")
  private int killEvery;

  @Option(names = "--seed", defaultValue = "1", description = "of faults and kills")
  private long seed;

  @Option(names = "--report", paramLabel = "FILE", defaultValue = "bench/reports/mixed.md")
  private Path report = Path.of("");

  @Option(
      names = "--flotilla",
      paramLabel = "LAUNCHER",
      description = "the program to test; without it the classes of this bench are run")
  private @Nullable Path launcher;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new MixedLoad()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Account account = new Account();
    Map<String, String> leftBehind;
    Faults faults;
    try (MoodyServer moody = new MoodyServer(new Random(seed), true, 0);
        MoodyServer steady = new MoodyServer(new Random(seed), false, 0);
        TestFleet fleet =
            TestFleet.start(Optional.ofNullable(launcher), moody.port(), steady.port())) {
      Instant end = Instant.now().plus(Duration.ofMillis((long) (minutes * 60_000)));
      Jobs jobs = new Jobs(fleet, account);
      Traffic traffic = new Traffic(fleet, account, jobs, end);
      traffic.start();
      faults = new Faults(fleet, new Random(seed));
      faults.until(end, killEvery);
      traffic.join();
      jobs.settle();
      leftBehind = fleet.leftBehind();
      leftBehind.put(
          "requests open at the targets", Integer.toString(moody.open() + steady.open()));
      leftBehind.putAll(moody.moods());
    }
    String text = MixedReport.of(account, leftBehind, minutes, faults.done());
    Files.writeString(report, text);
    System.out.println(text);
    return account.lost() == 0 ? 0 : 1;
  }
}
