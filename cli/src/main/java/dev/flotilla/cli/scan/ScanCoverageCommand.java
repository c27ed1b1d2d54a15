package dev.flotilla.cli.scan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.cli.context.OutputFile;
import dev.flotilla.model.Json;
import dev.flotilla.scan.ScanResult;
import dev.flotilla.scan.gate.Coverage;
import dev.flotilla.scan.gate.CoverageFloor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code flotilla scan coverage}. */
@Command(
    description = "Hold the test coverage of coverage.xml or coverage.json to a floor that rises.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  flotilla scan coverage                        what is covered, the least covered first",
      "  flotilla scan coverage --min 40 --raise 5/month --floor coverage-floor.json",
      "  flotilla scan coverage --floor coverage-floor.json --ratchet"
    })
final class ScanCoverageCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private final ScanTarget target = new ScanTarget();

  @Option(names = "--min", paramLabel = "PERCENT", description = "The floor on the first day.")
  private @Nullable Double min;

  @Option(names = "--raise", paramLabel = "N/month", description = "Points it rises each month.")
  private String raise = "0";

  @Option(
      names = "--from",
      paramLabel = "DATE",
      description = "The first day; needed to raise without --floor.")
  private @Nullable LocalDate from;

  @Option(
      names = "--floor",
      paramLabel = "FILE",
      description = "Where the floor is kept; made by the first run with --min. Commit it.")
  private @Nullable Path floorFile;

  @Option(
      names = "--ratchet",
      description = "Raise the floor in the file to what is covered now, where that is more.")
  private boolean ratchet;

  @Option(names = "--lower", description = "Lower the floor in the file to --min; never done else.")
  private boolean lower;

  ScanCoverageCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    LocalDate today = LocalDate.now(Clock.system(ZoneOffset.UTC));
    Optional<CoverageFloor> floor = floor(today);
    ScanResult result = target.scan(context);
    Coverage coverage =
        Coverage.of(result)
            .orElseThrow(
                () ->
                    CommandFailure.usage(
                        "no coverage report in " + target.root(context),
                        "coverage.xml or coverage.json, which git does not ignore or --all reads",
                        "Make one: pytest --cov --cov-report=xml"));
    if (ratchet) {
      floor = floor.map(f -> f.ratchet(coverage.percent(), today));
    }
    Path kept = floorFile;
    if (kept != null) {
      floor.ifPresent(f -> keep(kept, f));
    }
    double least = floor.map(f -> f.on(today)).orElse(0.0);
    boolean enough = coverage.percent() >= least;
    if (context.options().json()) {
      context.printJson(json(coverage, floor.map(f -> f.on(today)), enough));
    } else {
      print(coverage, floor, least, enough);
    }
    return enough ? ExitCode.OK : ExitCode.FAILED;
  }

  private Optional<CoverageFloor> floor(LocalDate today) {
    double points =
        CoverageFloor.parseRaise(raise)
            .orElseThrow(
                () -> CommandFailure.usage("--raise " + raise, "such as 5/month", "Write 5/month"));
    if (min != null && (min < 0 || min > 100)) {
      throw CommandFailure.usage("--min " + min, "percent from 0 to 100", "Write --min 40");
    }
    if (floorFile == null && points > 0 && from == null) {
      throw CommandFailure.usage(
          "--raise without --from or --floor",
          "the day from which it rises, or a file that keeps it",
          "Add --floor coverage-floor.json");
    }
    Optional<CoverageFloor> asked =
        min == null
            ? Optional.empty()
            : Optional.of(new CoverageFloor(min, points, from == null ? today : from));
    if (floorFile == null) {
      return asked;
    }
    Path file = context.directory().resolve(floorFile);
    if (!Files.exists(file)) {
      if (asked.isEmpty()) {
        throw CommandFailure.usage(
            floorFile + " does not exist", "a floor", "Make it: --min 40 --raise 5/month");
      }
      return asked;
    }
    CoverageFloor kept = read(file);
    if (asked.isEmpty() || asked.get().equals(kept)) {
      return Optional.of(kept);
    }
    CoverageFloor wanted = new CoverageFloor(asked.get().start(), points, today);
    boolean lowers = wanted.on(today) < kept.on(today) || points < kept.raise();
    if (lowers && !lower) {
      boolean sameRule = asked.get().start() == kept.start() && points == kept.raise();
      if (sameRule) {
        return Optional.of(kept);
      }
      throw CommandFailure.usage(
          String.format(
              Locale.ROOT,
              "--min %s --raise %s would lower the floor: %s says %.1f %% today, rising %.1f a"
                  + " month",
              asked.get().start(),
              raise,
              floorFile,
              kept.on(today),
              kept.raise()),
          "a floor that rises",
          "Leave --min out, or add --lower to mean it");
    }
    return Optional.of(wanted);
  }

  private CoverageFloor read(Path file) {
    try {
      return CoverageFloor.read(file)
          .orElseThrow(
              () ->
                  CommandFailure.usage(
                      file + " is no floor",
                      "what --min and --floor wrote",
                      "Take it from git, or remove it and make it anew with --min"));
    } catch (IOException e) {
      throw CommandFailure.usage(
          file + " cannot be read", "a file that can be read", "Check its rights");
    }
  }

  private void keep(Path named, CoverageFloor floor) {
    Path file = context.directory().resolve(named);
    boolean same = Files.exists(file) && read(file).equals(floor);
    if (!same) {
      new OutputFile(context, named).write(floor.text());
    }
  }

  private void print(
      Coverage coverage, Optional<CoverageFloor> floor, double least, boolean enough) {
    List<Map.Entry<String, Double>> files = coverage.least(10);
    for (Map.Entry<String, Double> file : files) {
      context
          .screen()
          .line(String.format(Locale.ROOT, "%6.1f %%  %s", file.getValue(), file.getKey()));
    }
    context
        .screen()
        .line(
            String.format(Locale.ROOT, "Coverage %.1f %%", coverage.percent())
                + (floor.isEmpty()
                    ? ""
                    : String.format(
                        Locale.ROOT,
                        ", floor %.1f %%: %s",
                        least,
                        enough ? "enough" : "too little")));
  }

  private static ObjectNode json(Coverage coverage, Optional<Double> floor, boolean enough) {
    ObjectNode root = Json.mapper().createObjectNode();
    root.put("covered", coverage.percent());
    floor.ifPresent(least -> root.put("floor", least));
    root.put("enough", enough);
    ArrayNode files = root.putArray("files");
    coverage
        .least(Integer.MAX_VALUE)
        .forEach(e -> files.addObject().put("file", e.getKey()).put("percent", e.getValue()));
    return root;
  }
}
