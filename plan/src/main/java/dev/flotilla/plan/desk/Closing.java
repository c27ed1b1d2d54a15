package dev.flotilla.plan.desk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.model.Position;
import dev.flotilla.model.Problem;
import dev.flotilla.plan.Block;
import dev.flotilla.plan.Mark;
import dev.flotilla.plan.Phase;
import dev.flotilla.plan.Plan;
import dev.flotilla.plan.PlanRefused;
import dev.flotilla.plan.Task;
import dev.flotilla.plan.event.Event;
import dev.flotilla.plan.event.EventLog;
import dev.flotilla.plan.event.Kind;
import dev.flotilla.plan.event.PhaseState;
import dev.flotilla.plan.gate.Outcome;
import dev.flotilla.plan.markdown.Edits;
import dev.flotilla.plan.store.Change;
import dev.flotilla.plan.store.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Closes phases with their evidence, reopens them, ticks tasks. */
public final class Closing {
  private final Desk desk;
  private final Gates gates;

  public Closing(Desk desk) {
    this.desk = desk;
    this.gates = new Gates(desk);
  }

  /**
   * How a phase is to be closed.
   *
   * @param confidence percent, −1 when none is stated
   * @param run the hash of the gate's commands when they are to be run now, else empty
   * @param force close it although something is missing; needs a reason
   */
  public record Wish(double confidence, String run, boolean force, String reason) {
    public static final Wish PLAIN = new Wish(-1, "", false, "");
  }

  /**
   * A closed phase.
   *
   * @param already whether it was closed before
   * @param status of the plan now
   */
  public record Closed(
      String id, int phase, String title, String verdict, boolean already, String status) {}

  /** Closes a phase. Refuses with all that is missing. */
  public Closed done(String id, int index, Wish wish) {
    String file = desk.store().find(id);
    if (wish.force() && wish.reason().isBlank()) {
      throw new PlanRefused(
          file + ".md",
          "--force without a reason",
          "why it is closed all the same",
          "add --reason \"…\"; it is logged and shown for ever");
    }
    Stored before = desk.store().read(file);
    before
        .plan()
        .damage()
        .ifPresent(
            damage -> {
              throw new PlanRefused(List.of(damage));
            });
    Phase phase = Desk.phase(before, index);
    List<Outcome> ran = List.of();
    if (!wish.run().isEmpty()) {
      gates.requireShown(before, phase, wish.run());
      ran = gates.run(id, index, wish.run()).outcomes();
    }
    if (wish.confidence() >= 0 && !phase.done()) {
      review(id, index, wish.confidence());
    }
    List<Outcome> fresh = ran;
    return desk.store().change(file, desk.who(), now -> close(now, index, wish, fresh));
  }

  private Change<Closed> close(Stored now, int index, Wish wish, List<Outcome> fresh) {
    Plan plan = now.plan();
    Phase phase = Desk.phase(now, index);
    PhaseState state = now.history().phase(phase);
    if (phase.done()) {
      String verdict = state.current().map(e -> e.text("verdict")).orElse("reported");
      Closed same = new Closed(plan.id(), index, phase.title(), verdict, true, plan.status());
      return new Change<>(plan.text(), List.of(), same);
    }
    Gates.Answer gate = gates.check(now, phase, false, wish.confidence());
    List<Outcome> outcomes =
        gate.outcomes().stream().map(outcome -> latest(outcome, fresh)).toList();
    List<Problem> missing = missing(now, phase, gate, outcomes);
    if (!missing.isEmpty() && !wish.force()) {
      throw new PlanRefused(missing);
    }
    ObjectNode data = evidence(phase, state, outcomes, wish, missing);
    String text = Texts.following(plan, Edits.markPhase(plan, phase, true));
    String status = dev.flotilla.plan.markdown.PlanReader.read(plan.file(), text).status();
    Closed closed =
        new Closed(plan.id(), index, phase.title(), data.path("verdict").asText(), false, status);
    return new Change<>(text, List.of(Texts.event(Kind.DONE, phase, data)), closed);
  }

  /** What was run a moment ago counts, also where no repository can say that nothing changed. */
  private static Outcome latest(Outcome outcome, List<Outcome> fresh) {
    return fresh.stream()
        .filter(f -> f.condition().verifies() && f.condition().equals(outcome.condition()))
        .findFirst()
        .orElse(outcome);
  }

  private List<Problem> missing(
      Stored now, Phase phase, Gates.Answer gate, List<Outcome> outcomes) {
    Plan plan = now.plan();
    Position where = new Position(plan.file() + ".md", phase.line(), 0);
    List<Problem> missing = new ArrayList<>(gate.gate().problems());
    List<Phase> before = plan.missing(phase);
    if (!before.isEmpty()) {
      Phase first = before.getFirst();
      missing.add(
          Problem.error(
              where,
              "PHASE " + first.index() + " is not done",
              "the phases that PHASE " + phase.index() + " needs",
              "close it with flotilla plan done " + plan.id() + " " + first.index()));
    }
    Claims.holder(desk, now, phase)
        .ifPresent(claim -> missing.add(Claims.refusal(desk, where, plan, phase, claim)));
    List<String> open = phase.openTasks().map(Task::path).toList();
    if (!open.isEmpty()) {
      missing.add(
          Problem.error(
              where,
              "open tasks: " + String.join(", ", open),
              "all boxes ticked",
              "tick one with flotilla plan done "
                  + plan.id()
                  + " "
                  + phase.index()
                  + "."
                  + open.getFirst()));
    }
    for (Outcome outcome : outcomes) {
      if (outcome.state() != Outcome.State.HOLDS) {
        missing.add(
            Problem.error(where, outcome.found(), outcome.condition().text(), outcome.advice()));
      }
    }
    return missing;
  }

  private ObjectNode evidence(
      Phase phase, PhaseState state, List<Outcome> outcomes, Wish wish, List<Problem> missing) {
    ObjectNode data = EventLog.data();
    String commit = desk.repository().commit();
    if (!commit.isEmpty()) {
      data.put("commit", commit);
    }
    ObjectNode exits = EventLog.data();
    StringBuilder hashes = new StringBuilder();
    for (Outcome outcome : outcomes) {
      if (outcome.exit() >= 0) {
        exits.put(outcome.condition().text(), outcome.exit());
      }
      hashes.append(outcome.output());
    }
    boolean ranAll = steps(phase, state, exits, hashes);
    if (!exits.isEmpty()) {
      data.set("exits", exits);
    }
    if (!hashes.isEmpty()) {
      data.put("output", dev.flotilla.plan.Hashes.of(hashes.toString()));
    }
    double confidence = wish.confidence() >= 0 ? wish.confidence() : lastReview(state);
    if (confidence >= 0) {
      data.put("confidence", confidence);
    }
    boolean checked = outcomes.stream().anyMatch(o -> o.condition().verifies()) || ranAll;
    boolean forced = !missing.isEmpty();
    data.put("verdict", forced ? "forced" : checked ? "verified" : "reported");
    if (forced) {
      data.put("forced", true);
      data.put("reason", wish.reason());
      data.set(
          "missing",
          new com.fasterxml.jackson.databind.ObjectMapper()
              .valueToTree(missing.stream().map(Problem::found).toList()));
    }
    return data;
  }

  private double lastReview(PhaseState state) {
    return state.reviews().stream()
        .filter(e -> e.who().equals(desk.who()))
        .reduce((first, second) -> second)
        .map(e -> e.number("confidence", -1))
        .orElse(-1.0);
  }

  /** Adds what the phase's own commands gave; whether there are some and all succeeded. */
  private static boolean steps(
      Phase phase, PhaseState state, ObjectNode exits, StringBuilder hashes) {
    List<Block> steps = phase.blocks(Block.Role.STEP);
    boolean all = !steps.isEmpty();
    for (Block step : steps) {
      Event last = state.steps().get("step:" + step.number());
      if (last == null || last.kind() != Kind.STEP_ENDED) {
        all = false;
        continue;
      }
      int exit = (int) last.number("exit", -1);
      exits.put("step:" + step.number(), exit);
      hashes.append(last.text("output"));
      all &= exit == 0;
    }
    return all;
  }

  /** Logs a review with its confidence; it repeats while the confidence is below the gate's. */
  public Gates.Answer review(String id, int index, double confidence) {
    if (confidence < 0 || confidence > 100) {
      throw new PlanRefused(
          id, "a confidence of " + confidence, "0 to 100 percent", "repeat with such a number");
    }
    return desk.store()
        .change(
            desk.store().find(id),
            desk.who(),
            now -> {
              Phase phase = Desk.phase(now, index);
              ObjectNode data = EventLog.data().put("confidence", confidence);
              Gates.Answer answer = gates.check(now, phase, false, confidence);
              return new Change<>(
                  now.plan().text(), List.of(Texts.event(Kind.REVIEWED, phase, data)), answer);
            });
  }

  /** Reopens a phase. */
  public Closed undo(String id, int index, String reason) {
    return desk.store()
        .change(
            desk.store().find(id),
            desk.who(),
            now -> {
              Plan plan = now.plan();
              Phase phase = Desk.phase(now, index);
              if (!phase.done()) {
                Closed same =
                    new Closed(plan.id(), index, phase.title(), "open", true, plan.status());
                return new Change<>(plan.text(), List.of(), same);
              }
              String text = Texts.following(plan, Edits.markPhase(plan, phase, false));
              ObjectNode data = EventLog.data();
              if (!reason.isBlank()) {
                data.put("reason", reason);
              }
              String status =
                  dev.flotilla.plan.markdown.PlanReader.read(plan.file(), text).status();
              return new Change<>(
                  text,
                  List.of(Texts.event(Kind.UNDONE, phase, data)),
                  new Closed(plan.id(), index, phase.title(), "open", false, status));
            });
  }

  /** Ticks or clears one task of a phase. */
  public Task tick(String id, int index, String path, Mark mark) {
    return desk.store()
        .change(
            desk.store().find(id),
            desk.who(),
            now -> {
              Phase phase = Desk.phase(now, index);
              Task task = task(now.plan(), phase, path);
              Kind kind = mark == Mark.DONE ? Kind.TICKED : Kind.CLEARED;
              ObjectNode data = EventLog.data().put("task", path).put("text", task.text());
              if (task.mark() == mark) {
                return new Change<>(now.plan().text(), List.of(), task);
              }
              return new Change<>(
                  Edits.markTask(now.plan(), task, mark),
                  List.of(Texts.event(kind, phase, data)),
                  task);
            });
  }

  static Task task(Plan plan, Phase phase, String path) {
    Optional<Task> found =
        phase.tasks().stream().filter(task -> task.path().equals(path)).findFirst();
    return found.orElseThrow(
        () ->
            new PlanRefused(
                plan.file() + ".md:" + phase.line(),
                "no task " + path + " in PHASE " + phase.index(),
                phase.tasks().isEmpty()
                    ? "a phase with tasks"
                    : "a task from 1 to " + phase.tasks().getLast().path(),
                phase.tasks().isEmpty()
                    ? "add one with flotilla plan add "
                        + plan.id()
                        + " --phase "
                        + phase.index()
                        + " TEXT"
                    : "see flotilla plan show " + plan.id() + " " + phase.index()));
  }
}
