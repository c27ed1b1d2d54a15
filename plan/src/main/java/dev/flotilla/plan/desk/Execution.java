package dev.flotilla.plan.desk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.model.Position;
import dev.flotilla.plan.Hashes;
import dev.flotilla.plan.Phase;
import dev.flotilla.plan.PlanRefused;
import dev.flotilla.plan.event.Event;
import dev.flotilla.plan.event.EventLog;
import dev.flotilla.plan.event.Kind;
import dev.flotilla.plan.event.PhaseState;
import dev.flotilla.plan.run.Preview;
import dev.flotilla.plan.run.Shell;
import dev.flotilla.plan.run.Step;
import dev.flotilla.plan.store.Change;
import dev.flotilla.plan.store.Stored;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs the commands of a phase: only those that were shown, step by step, each written to the
 * journal before it begins and after it ends.
 */
public final class Execution {
  private final Desk desk;

  public Execution(Desk desk) {
    this.desk = desk;
  }

  /** What to do with a step that was begun and never ended. */
  public enum Unfinished {
    /** Refuse, and ask. */
    ASK,
    REPEAT,
    SKIP
  }

  /**
   * How to run.
   *
   * @param hash of the preview that was shown
   * @param timeout for each step
   */
  public record Order(
      String hash, Preview.Wanted wanted, Duration timeout, Unfinished unfinished) {}

  /**
   * One step that was run.
   *
   * @param exit 124 on a timeout
   * @param seconds how long it took
   * @param output the file with what it printed, masked
   * @param sha256 of that file
   * @param bytes how much it printed in all
   */
  public record Ran(
      String step,
      int exit,
      boolean timedOut,
      double seconds,
      String output,
      String sha256,
      long bytes) {}

  /** Shows what would run. */
  public Preview preview(String id, int index, Preview.Wanted wanted) {
    Stored stored = desk.open(id);
    return preview(stored, Desk.phase(stored, index), wanted);
  }

  private Preview preview(Stored stored, Phase phase, Preview.Wanted wanted) {
    return Preview.of(
        stored.plan(),
        phase,
        stored.history().phase(phase),
        desk.workspace().toString(),
        desk.environment().keySet(),
        wanted);
  }

  /**
   * Runs what was shown, until a step fails.
   *
   * @param live where output is shown as it comes
   */
  public List<Ran> run(String id, int index, Order order, OutputStream live) {
    String file = desk.store().find(id);
    Stored stored = desk.store().read(file);
    Phase phase = Desk.phase(stored, index);
    Preview preview = preview(stored, phase, order.wanted());
    permit(stored, phase, preview, order);
    new Flow(desk).interruptOthers(file);
    String run = Long.toString(desk.now().toEpochMilli(), 36);
    List<Ran> ran = new ArrayList<>();
    for (Step step : preview.steps()) {
      if (step.name().equals(preview.interrupted()) && order.unfinished() == Unfinished.SKIP) {
        journal(file, phase, Kind.STEP_SKIPPED, data(step));
        continue;
      }
      begin(file, phase, step);
      Ran result = execute(file, stored, phase, step, order, run, live);
      end(file, phase, step, result);
      ran.add(result);
      if (result.exit() != 0) {
        break;
      }
    }
    return ran;
  }

  private void permit(Stored stored, Phase phase, Preview preview, Order order) {
    String where = stored.plan().file() + ".md:" + phase.line();
    String again = "flotilla plan exec " + stored.plan().id() + " " + phase.index();
    if (!preview.hash().equals(order.hash())) {
      throw new PlanRefused(
          where,
          "the hash " + order.hash() + ", which is not that of the commands as they now stand",
          "the hash of a preview that was just read",
          "run " + again + ", read it, and repeat with the hash it shows");
    }
    if (!preview.unresolved().isEmpty()) {
      throw new PlanRefused(
          where,
          "placeholders without a value: " + String.join(", ", preview.unresolved()),
          "a value for each",
          "add --set " + preview.unresolved().iterator().next() + "=VALUE to preview and run");
    }
    Claims.holder(desk, stored, phase)
        .ifPresent(
            claim -> {
              Position at = new Position(where, 0, 0);
              throw new PlanRefused(List.of(Claims.refusal(desk, at, stored.plan(), phase, claim)));
            });
    if (!order.wanted().rollback()) {
      requireOrderAndNote(stored, phase, where);
    }
    unfinished(stored, phase, preview, order, where);
  }

  private void requireOrderAndNote(Stored stored, Phase phase, String where) {
    List<Phase> missing = stored.plan().missing(phase);
    if (!missing.isEmpty()) {
      throw new PlanRefused(
          where,
          "PHASE " + missing.getFirst().index() + " is not done",
          "the phases that PHASE " + phase.index() + " needs",
          "close it first, or state Needs: in the phase");
    }
    String read = stored.history().phase(phase).acknowledged().get(desk.who());
    if (!phase.note().isEmpty() && !Gates.noteHash(phase).equals(read)) {
      throw new PlanRefused(
          where,
          "an IMPORTANT NOTE that " + desk.who() + " has not acknowledged",
          "the note read and understood",
          "read it and run flotilla plan ack " + stored.plan().id() + " " + phase.index());
    }
  }

  private static void unfinished(
      Stored stored, Phase phase, Preview preview, Order order, String where) {
    Event begun = stored.history().phase(phase).steps().get(preview.interrupted());
    if (begun == null) {
      return;
    }
    refuseRunning(begun, where);
    if (order.unfinished() == Unfinished.ASK) {
      throw new PlanRefused(
          where,
          preview.interrupted()
              + " was begun at "
              + begun.at()
              + " by "
              + begun.who()
              + " and never ended",
          "a decision whether it did its work",
          "look, then repeat with --repeat to run it again or --skip to go on after it");
    }
  }

  /** Refuses while the process that began a step still lives. */
  private static void refuseRunning(Event begun, String where) {
    long process = (long) begun.number("pid", -1);
    boolean running =
        ProcessHandle.of(process)
            .flatMap(handle -> handle.info().startInstant())
            .map(start -> start.getEpochSecond() == (long) begun.number("born", -1))
            .orElse(false);
    if (running) {
      throw new PlanRefused(
          where,
          begun.text("step") + " is running now, started by " + begun.who(),
          "one run at a time",
          "wait for process " + process + " to end it");
    }
  }

  private static ObjectNode data(Step step) {
    return EventLog.data().put("step", step.name()).put("hash", step.hash());
  }

  /** Writes the intent, unless another run began the same step a moment ago. */
  private void begin(String file, Phase phase, Step step) {
    ProcessHandle self = ProcessHandle.current();
    long born = self.info().startInstant().map(Instant::getEpochSecond).orElse(-1L);
    ObjectNode data = data(step).put("pid", self.pid()).put("born", born);
    desk.store()
        .change(
            file,
            desk.who(),
            now -> {
              Event last = now.history().phase(phase).steps().get(step.name());
              if (last != null && last.kind() == Kind.STEP_STARTED) {
                refuseRunning(last, file + ".md:" + phase.line());
              }
              return new Change<>(
                  now.plan().text(), List.of(Texts.event(Kind.STEP_STARTED, phase, data)), true);
            });
  }

  private void end(String file, Phase phase, Step step, Ran ran) {
    ObjectNode data = data(step);
    data.put("exit", ran.exit());
    data.put("seconds", ran.seconds());
    data.put("output", ran.sha256());
    data.put("file", ran.output());
    data.put("bytes", ran.bytes());
    if (ran.timedOut()) {
      data.put("timeout", true);
    }
    journal(file, phase, Kind.STEP_ENDED, data);
  }

  private void journal(String file, Phase phase, Kind kind, ObjectNode data) {
    desk.store()
        .change(
            file,
            desk.who(),
            now -> new Change<>(now.plan().text(), List.of(Texts.event(kind, phase, data)), true));
  }

  private Ran execute(
      String file,
      Stored stored,
      Phase phase,
      Step step,
      Order order,
      String run,
      OutputStream live) {
    Path folder = desk.store().layout().runs(file).resolve(run);
    String name = phase.index() + "-" + step.name().replace(':', '-');
    try {
      Files.createDirectories(folder);
      Path script = folder.resolve(name + (step.language().startsWith("py") ? ".py" : ".sh"));
      Files.writeString(script, step.script(), StandardCharsets.UTF_8);
      List<String> command = new ArrayList<>(step.interpreter());
      command.add(script.toString());
      Map<String, String> variables =
          Map.of(
              "FLOTILLA_PLAN", stored.plan().id(),
              "FLOTILLA_PHASE", Integer.toString(phase.index()));
      Shell.Result result =
          desk.shell()
              .run(new Shell.Request(command, desk.workspace(), variables, order.timeout(), live));
      Path output = folder.resolve(name + ".out");
      Files.write(output, result.output().bytes());
      return new Ran(
          step.name(),
          result.exit(),
          result.timedOut(),
          Double.parseDouble(String.format(Locale.ROOT, "%.3f", result.time().toMillis() / 1000.0)),
          desk.store().layout().folder().relativize(output).toString(),
          Hashes.of(result.output().bytes()),
          result.bytes());
    } catch (IOException e) {
      throw new PlanRefused(
          folder.toString(),
          "the output cannot be kept: " + e.getMessage(),
          "a folder that can be written",
          "free some space, then look what " + step.name() + " did before you repeat it");
    }
  }

  /** The state of one step, as a word for people. */
  public static String state(PhaseState state, String step) {
    Event last = state.steps().get(step);
    if (last == null) {
      return "not run";
    }
    return switch (last.kind()) {
      case STEP_ENDED ->
          last.number("exit", -1) == 0 ? "succeeded" : "exit code " + (int) last.number("exit", -1);
      case STEP_SKIPPED -> "skipped";
      default -> "begun, not ended";
    };
  }
}
