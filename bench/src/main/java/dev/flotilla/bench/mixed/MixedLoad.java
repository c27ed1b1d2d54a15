package dev.flotilla.bench.mixed;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Mixed load with faults and kills on a whole fleet; the exit code is 1 when anything was lost. */
@Command(
    name = "MixedLoad",
    mixinStandardHelpOptions = true,
    description =
        "Asks, streams, borrows models and hands in jobs while targets fail and services are"
            + " killed.")
public final class MixedLoad implements Callable<Integer> {
  @Option(names = "--minutes", defaultValue = "10", description = "of load")
  private double minutes;

  @Option(names = "--kill-every", defaultValue = "20", description = "seconds between two kills")
  private int killEvery;

  @Option(names = "--seed", defaultValue = "1", description = "of faults and kills")
  private long seed;

  @Option(names = "--report", paramLabel = "FILE", defaultValue = "bench/reports/mixed.md")
  private Path report = Path.of("");

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new MixedLoad()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Account account = new Account();
    Map<String, String> leftBehind;
    int kills;
    try (MoodyServer moody = new MoodyServer(new Random(seed), true);
        MoodyServer steady = new MoodyServer(new Random(seed), false);
        TestFleet fleet = TestFleet.start(moody.port(), steady.port())) {
      Instant end = Instant.now().plus(Duration.ofMillis((long) (minutes * 60_000)));
      Jobs jobs = new Jobs(fleet, account);
      Traffic traffic = new Traffic(fleet, account, jobs, end);
      traffic.start();
      kills = killUntil(end, fleet);
      traffic.join();
      jobs.settle();
      leftBehind = fleet.leftBehind();
      leftBehind.put(
          "requests open at the targets", Integer.toString(moody.open() + steady.open()));
    }
    String text = MixedReport.of(account, leftBehind, minutes, kills);
    Files.writeString(report, text);
    System.out.println(text);
    return account.lost() == 0 ? 0 : 1;
  }

  private int killUntil(Instant end, TestFleet fleet) throws Exception {
    Random random = new Random(seed);
    int kills = 0;
    while (true) {
      long left = Duration.between(Instant.now(), end).toMillis() - killEvery * 1_000L;
      if (left < 0) {
        Thread.sleep(Math.max(0, left + killEvery * 1_000L));
        return kills;
      }
      Thread.sleep((long) (killEvery * 1_000L * (0.5 + random.nextDouble())));
      fleet.kill(TestFleet.SERVICES.get(random.nextInt(TestFleet.SERVICES.size())));
      kills++;
    }
  }
}
