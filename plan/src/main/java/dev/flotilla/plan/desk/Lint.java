package dev.flotilla.plan.desk;

import dev.flotilla.model.Position;
import dev.flotilla.model.Problem;
import dev.flotilla.plan.Block;
import dev.flotilla.plan.Phase;
import dev.flotilla.plan.Plan;
import dev.flotilla.plan.gate.Gate;
import dev.flotilla.plan.run.Shell;
import dev.flotilla.plan.store.Stored;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks for what will trouble people who work with a plan. */
public final class Lint {
  private static final String PYTHON = "import ast,sys; ast.parse(sys.argv[1])";

  private final Desk desk;

  public Lint(Desk desk) {
    this.desk = desk;
  }

  /** All problems of a plan, errors and warnings, in the order of the file. */
  public List<Problem> of(Stored stored) {
    Plan plan = stored.plan();
    List<Problem> problems = new ArrayList<>(plan.problems());
    order(plan, problems);
    boolean open = false;
    for (Phase phase : plan.phases()) {
      Position where = new Position(plan.file() + ".md", phase.line(), 0);
      if (phase.note().isEmpty()) {
        problems.add(
            Problem.warning(
                where,
                "PHASE " + phase.index() + " has no IMPORTANT NOTE",
                "what to mind in this phase",
                "add a line IMPORTANT NOTE: …"));
      }
      if (phase.done() && open && !phase.needs().stated()) {
        problems.add(
            Problem.warning(
                where,
                "PHASE " + phase.index() + " is done although one before it is open",
                "marks without gaps",
                "close or reopen one, or state Needs: in the phase"));
      }
      open |= !phase.done();
      problems.addAll(Gate.of(plan.file(), phase).problems());
      needs(plan, phase, where, problems);
      for (Block block : phase.blocks()) {
        if (block.role() == Block.Role.STEP || block.role() == Block.Role.ROLLBACK) {
          parse(plan, block, problems);
        }
      }
    }
    log(stored, problems);
    problems.sort(java.util.Comparator.comparing(Problem::where));
    return problems;
  }

  private static void order(Plan plan, List<Problem> problems) {
    if (plan.phases().isEmpty()) {
      problems.add(
          Problem.warning(
              new Position(plan.file() + ".md", 0, 0),
              "no phase",
              "a heading ## PHASE 0: TITLE",
              "add one with flotilla plan add " + plan.id() + " TITLE"));
      return;
    }
    int expected = 0;
    for (Phase phase : plan.phases()) {
      if (phase.index() != expected) {
        problems.add(
            Problem.warning(
                new Position(plan.file() + ".md", phase.line(), 0),
                "PHASE " + phase.index(),
                "PHASE " + expected,
                "number the phases from 0 without gaps"));
      }
      expected = phase.index() + 1;
    }
  }

  private static void needs(Plan plan, Phase phase, Position where, List<Problem> problems) {
    for (int needed : phase.needs().phases()) {
      if (plan.phase(needed).isEmpty()) {
        problems.add(
            Problem.error(
                where,
                "PHASE " + phase.index() + " needs PHASE " + needed + ", which is not there",
                "phases of this plan",
                "mend its Needs: line"));
      }
    }
    if (needsItself(plan, phase.index(), phase.index(), new HashSet<>())) {
      problems.add(
          Problem.error(
              where,
              "PHASE " + phase.index() + " needs itself",
              "needs without a circle",
              "take one phase out of the circle"));
    }
  }

  private static boolean needsItself(Plan plan, int wanted, int from, Set<Integer> seen) {
    Phase phase = plan.phase(from).orElse(null);
    if (phase == null || !seen.add(from)) {
      return false;
    }
    return phase.needs().phases().stream()
        .anyMatch(next -> next == wanted || needsItself(plan, wanted, next, seen));
  }

  private void parse(Plan plan, Block block, List<Problem> problems) {
    boolean python = block.language().startsWith("python");
    List<String> command =
        python
            ? List.of("python3", "-c", PYTHON, block.code())
            : List.of("bash", "-n", "-c", block.code().replaceAll("<[A-Za-z][\\w -]*>", "X"));
    Shell.Result result =
        desk.shell()
            .run(
                new Shell.Request(
                    command,
                    desk.workspace(),
                    Map.of(),
                    Duration.ofSeconds(10),
                    OutputStream.nullOutputStream()));
    if (result.exit() != 0) {
      String words = result.output().text().strip();
      problems.add(
          Problem.error(
              new Position(plan.file() + ".md", block.line(), 0),
              "commands that do not parse: " + words.substring(words.lastIndexOf('\n') + 1),
              "commands of " + block.language(),
              "mend the block, or give it another language if it is not to be run"));
    }
  }

  private static void log(Stored stored, List<Problem> problems) {
    String name = stored.plan().file() + ".events.jsonl";
    for (int line : stored.log().damaged()) {
      problems.add(
          Problem.warning(
              new Position(name, line, 0),
              "a line that is no event, probably cut off by a crash",
              "one event a line",
              "remove the line; nothing that was acknowledged is in it"));
    }
    if (stored.log().markers()) {
      problems.add(
          Problem.warning(
              new Position(name, 0, 0),
              "merge markers between the events",
              "events only; both sides are read",
              "remove the lines with the markers and keep all others"));
    }
  }
}
