package dev.flotilla.plan.desk;

import dev.flotilla.plan.Hashes;
import dev.flotilla.plan.Phase;
import dev.flotilla.plan.event.Event;
import dev.flotilla.plan.event.PhaseState;
import dev.flotilla.plan.gate.Calibration;
import dev.flotilla.plan.gate.Check;
import dev.flotilla.plan.gate.Condition;
import dev.flotilla.plan.gate.Outcome;
import dev.flotilla.plan.gate.Threshold;
import dev.flotilla.plan.run.Shell;
import dev.flotilla.plan.store.PlanEntry;
import dev.flotilla.plan.store.Stored;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Checks the conditions of one phase. */
final class GateChecks implements Check {
  private static final Duration TIMEOUT = Duration.ofMinutes(30);

  private final Desk desk;
  private final Stored stored;
  private final Phase phase;
  private final PhaseState state;
  private final boolean run;
  private final double stated;

  GateChecks(Desk desk, Stored stored, Phase phase, boolean run, double stated) {
    this.desk = desk;
    this.stored = stored;
    this.phase = phase;
    this.state = stored.history().phase(phase);
    this.run = run;
    this.stated = stated;
  }

  private String named() {
    return stored.plan().id() + " " + phase.index();
  }

  @Override
  public Outcome of(Condition condition) {
    return switch (condition) {
      case Condition.Command c -> run ? command(c) : remembered(c);
      case Condition.Value v -> run ? value(v) : remembered(v);
      case Condition.Metric m -> metric(m);
      case Condition.NoFindings n -> findings(n);
      case Condition.Healthy h -> healthy(h);
      case Condition.FileExists f -> file(f);
      case Condition.Acknowledged a -> acknowledged(a);
      case Condition.Confidence c -> confidence(c);
    };
  }

  private Outcome remembered(Condition condition) {
    String advice = "run flotilla plan gate " + named() + " and repeat it with the hash it shows";
    Event last = state.checks().get(condition.text());
    if (last == null) {
      return Outcome.open(condition, "not run yet", advice);
    }
    String tree = last.text("tree");
    if (tree.isEmpty() || !tree.equals(desk.repository().fingerprint())) {
      return Outcome.open(condition, "not run since the last change", advice);
    }
    Outcome outcome =
        last.text("state").equals("holds")
            ? Outcome.holds(condition, last.text("found") + ", nothing changed since")
            : Outcome.fails(condition, last.text("found"), advice);
    return outcome.with((int) last.number("exit", -1), last.text("output"));
  }

  private Shell.Result shell(String command) {
    return desk.shell()
        .run(
            new Shell.Request(
                List.of("bash", "-c", command),
                desk.workspace(),
                Map.of("FLOTILLA_PLAN", stored.plan().id()),
                TIMEOUT,
                OutputStream.nullOutputStream()));
  }

  private Outcome command(Condition.Command condition) {
    Shell.Result result = shell(condition.command());
    String found = result.timedOut() ? "no end within 30 min" : "exit code " + result.exit();
    Outcome outcome =
        result.exit() == 0
            ? Outcome.holds(condition, found)
            : Outcome.fails(condition, found + lastLine(result), "mend it, then check again");
    return outcome.with(result.exit(), Hashes.of(result.output().bytes()));
  }

  private static String lastLine(Shell.Result result) {
    String words = result.output().text().strip();
    String last = words.substring(words.lastIndexOf('\n') + 1);
    return last.isEmpty() ? "" : ": " + last.substring(0, Math.min(160, last.length()));
  }

  private Outcome value(Condition.Value condition) {
    Shell.Result result = shell(condition.command());
    String words = result.output().text().strip();
    Outcome outcome;
    try {
      double value = Double.parseDouble(words.split("\\s+", 2)[0]);
      outcome = threshold(condition, condition.name(), value, condition.threshold());
    } catch (NumberFormatException e) {
      outcome =
          Outcome.fails(
              condition,
              "no number from the command" + lastLine(result),
              "let it print one number");
    }
    return outcome.with(result.exit(), Hashes.of(result.output().bytes()));
  }

  private Outcome threshold(Condition condition, String name, double value, Threshold threshold) {
    OptionalDouble limit = threshold.limit(stored.history().baseline(name));
    String found = name + " = " + Threshold.figure(value);
    if (limit.isEmpty()) {
      return Outcome.open(
          condition,
          found + ", no baseline",
          "record one with flotilla plan baseline " + stored.plan().id() + " " + name + "=N");
    }
    String wanted = threshold.operator() + " " + Threshold.figure(limit.getAsDouble());
    return threshold.holds(value, limit.getAsDouble())
        ? Outcome.holds(condition, found + " " + wanted)
        : Outcome.fails(condition, found + ", not " + wanted, "bring it to " + wanted);
  }

  private Outcome metric(Condition.Metric condition) {
    OptionalDouble value = desk.facts().metric(condition.name());
    return value.isPresent()
        ? threshold(condition, condition.name(), value.getAsDouble(), condition.threshold())
        : Outcome.open(
            condition,
            "no such metric from the fleet",
            "start the fleet with flotilla up, or name one that its hub shows at /metrics");
  }

  private Outcome findings(Condition.NoFindings condition) {
    OptionalInt count = desk.facts().findings(condition.severity());
    if (count.isEmpty()) {
      return Outcome.open(condition, "no scan of this folder", "run flotilla scan");
    }
    String found = count.getAsInt() + " findings at " + condition.severity() + " or above";
    return count.getAsInt() == 0
        ? Outcome.holds(condition, found)
        : Outcome.fails(condition, found, "see flotilla scan, mend them, scan again");
  }

  private Outcome healthy(Condition.Healthy condition) {
    Optional<Duration> time = desk.facts().healthyFor();
    if (time.isEmpty()) {
      return Outcome.open(
          condition, "no fleet with required agents runs here", "start it with flotilla up");
    }
    String found =
        time.get().isZero()
            ? "an agent that is not healthy"
            : "all healthy for " + time.get().toSeconds() + " s";
    return time.get().compareTo(condition.time()) >= 0
        ? Outcome.holds(condition, found)
        : Outcome.fails(condition, found, "see flotilla status, wait until it holds");
  }

  private Outcome file(Condition.FileExists condition) {
    Path path = desk.workspace().resolve(condition.path());
    if (!Files.isRegularFile(path)) {
      return Outcome.fails(condition, "no file " + condition.path(), "make it");
    }
    try {
      String hash = Hashes.of(Files.readAllBytes(path));
      boolean right = condition.sha256().isEmpty() || condition.sha256().equalsIgnoreCase(hash);
      Outcome outcome =
          right
              ? Outcome.holds(condition, "sha256:" + hash.substring(0, 12))
              : Outcome.fails(condition, "another file, sha256:" + hash, "make the right one");
      return outcome.with(-1, hash);
    } catch (IOException e) {
      return Outcome.fails(condition, "an unreadable file", "make it readable");
    }
  }

  private Outcome acknowledged(Condition.Acknowledged condition) {
    String hash = state.acknowledged().get(condition.name());
    if (Gates.noteHash(phase).equals(hash)) {
      return Outcome.holds(condition, "acknowledged by " + condition.name());
    }
    return Outcome.open(
        condition,
        hash == null ? "not acknowledged" : "the note changed since it was acknowledged",
        condition.name()
            + " reads the note and runs flotilla plan ack "
            + named()
            + " --as "
            + condition.name());
  }

  private Outcome confidence(Condition.Confidence condition) {
    double claim = stated >= 0 ? stated : lastReview();
    String limit = Threshold.figure(condition.percent()) + " %";
    if (claim < 0) {
      return Outcome.open(
          condition,
          "no confidence stated",
          "review the work and the next phase, then repeat with --confidence N");
    }
    double counted = condition.calibrated() ? calibrated(claim) : claim;
    String found =
        Threshold.figure(claim)
            + " % stated"
            + (condition.calibrated() ? ", counts as " + Math.round(counted) + " %" : "");
    return counted >= condition.percent()
        ? Outcome.holds(condition, found)
        : Outcome.fails(condition, found + ", below " + limit, "review again, mend, state it anew");
  }

  private double lastReview() {
    return state.reviews().stream()
        .filter(e -> e.who().equals(desk.who()))
        .reduce((first, second) -> second)
        .map(e -> e.number("confidence", -1))
        .orElse(-1.0);
  }

  private double calibrated(double claim) {
    List<Stored> all = new ArrayList<>();
    for (PlanEntry entry : desk.store().list()) {
      all.add(desk.store().read(entry.file()));
    }
    Calibration.Trust trust = Calibration.of(all).get(desk.who());
    return trust == null ? claim : trust.calibrated(claim);
  }
}
