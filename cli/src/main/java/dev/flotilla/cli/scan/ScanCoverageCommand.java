package dev.flotilla.cli.scan;

import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.scan.ScanResult;
import dev.flotilla.scan.facts.Fact;
import dev.flotilla.scan.facts.FileFacts;
import dev.flotilla.scan.gate.CoverageFloor;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code flotilla scan coverage}. */
@Command(
    description = "Hold the test coverage of coverage.xml or coverage.json to a floor that rises.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla scan coverage --min 40 --raise 5/month --from 2026-01-01")
final class ScanCoverageCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private final ScanTarget target = new ScanTarget();

  @Option(names = "--min", paramLabel = "PERCENT", description = "The floor on the first day.")
  private double min;

  @Option(names = "--raise", paramLabel = "N/month", description = "Points it rises each month.")
  private String raise = "0";

  @Option(names = "--from", paramLabel = "DATE", description = "The first day; needed to raise.")
  private @Nullable LocalDate from;

  ScanCoverageCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    double points =
        CoverageFloor.parseRaise(raise)
            .orElseThrow(
                () -> CommandFailure.usage("--raise " + raise, "such as 5/month", "Write 5/month"));
    if (points > 0 && from == null) {
      throw CommandFailure.usage(
          "--raise without --from", "the day from which it rises", "Add --from 2026-01-01");
    }
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    CoverageFloor floor = new CoverageFloor(min, points, from == null ? today : from);
    OptionalDouble covered = covered(target.scan(context));
    if (covered.isEmpty()) {
      throw CommandFailure.usage(
          "no coverage report",
          "coverage.xml or coverage.json in the folder",
          "Make one: pytest --cov --cov-report=xml");
    }
    double least = floor.on(today);
    boolean enough = covered.getAsDouble() >= least;
    context
        .screen()
        .line(
            String.format(
                Locale.ROOT,
                "Coverage %.1f %%, floor %.1f %%: %s",
                covered.getAsDouble(),
                least,
                enough ? "enough" : "too little"));
    return enough ? ExitCode.OK : ExitCode.FAILED;
  }

  private static OptionalDouble covered(ScanResult result) {
    for (FileFacts file : result.repository().files()) {
      for (Fact fact : file.of(Fact.Kind.COVERAGE).toList()) {
        if (fact.value(0).isEmpty()) {
          return OptionalDouble.of(Double.parseDouble(fact.value(1)));
        }
      }
    }
    return OptionalDouble.empty();
  }
}
