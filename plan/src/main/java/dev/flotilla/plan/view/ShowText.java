package dev.flotilla.plan.view;

import dev.flotilla.plan.Block;
import dev.flotilla.plan.Phase;
import dev.flotilla.plan.Plan;
import dev.flotilla.plan.desk.Execution;
import dev.flotilla.plan.desk.Gates;
import dev.flotilla.plan.event.Event;
import dev.flotilla.plan.event.History;
import dev.flotilla.plan.event.PhaseState;
import dev.flotilla.plan.gate.Outcome;
import dev.flotilla.plan.run.Preview;
import dev.flotilla.plan.run.Step;
import dev.flotilla.plan.store.PlanEntry;
import dev.flotilla.plan.store.Stored;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Plans, gates and previews as text for people. Pure. */
public final class ShowText {
  private ShowText() {}

  /** A plan with its phases, or, with an index of 0 or more, one phase with its whole text. */
  public static List<String> plan(Stored stored, int only, Instant now) {
    Plan plan = stored.plan();
    PlanEntry entry = PlanEntry.of(plan, stored.history());
    List<String> lines = new ArrayList<>();
    lines.add("🗒️  " + plan.id());
    lines.add("   Description: " + plan.description());
    lines.add("   Status: " + plan.status());
    lines.add("   Created: " + plan.created() + "   Updated: " + entry.updated());
    if (!plan.owner().isEmpty()) {
      lines.add("   Owner: " + plan.owner());
    }
    plan.problems()
        .forEach(p -> lines.add("   ⚠ " + p.where() + ": " + p.found() + "; " + p.advice()));
    for (Phase phase : plan.phases()) {
      if (only < 0 || phase.index() == only) {
        lines.add("");
        phase(lines, plan, stored.history(), phase, now);
      }
    }
    return lines;
  }

  private static void phase(
      List<String> lines, Plan plan, History history, Phase phase, Instant now) {
    PhaseState state = history.phase(phase);
    lines.add("[" + (phase.done() ? "✔" : "✗") + "] " + phase.headline());
    if (phase.done()) {
      lines.add("    " + evidence(state));
    } else {
      state
          .claim(now)
          .ifPresent(
              claim ->
                  lines.add("    claimed by " + claim.who() + " until " + PhaseState.until(claim)));
      List<Phase> missing = plan.missing(phase);
      if (!missing.isEmpty()) {
        lines.add("    waits for PHASE " + missing.getFirst().index());
      }
    }
    if (state.forced()) {
      lines.add("    ⚑ forced" + forced(state));
    }
    for (Block block : phase.blocks(Block.Role.STEP)) {
      lines.add(
          "    command "
              + block.number()
              + ": "
              + Execution.state(state, "step:" + block.number()));
    }
    String body = phase.body().of(plan.text()).replace("\r\n", "\n").strip();
    if (!body.isEmpty()) {
      lines.add("");
      lines.addAll(List.of(body.split("\n", -1)));
    }
  }

  private static String forced(PhaseState state) {
    return state.doneEvents().stream()
        .filter(e -> e.is("forced"))
        .reduce((first, second) -> second)
        .map(e -> " by " + e.who() + " at " + e.at() + ": " + e.text("reason"))
        .orElse("");
  }

  /** Who closed a phase, when, and on what grounds. */
  public static String evidence(PhaseState state) {
    if (state.current().isEmpty()) {
      return "reported by a mark in the file";
    }
    Event event = state.current().get();
    StringBuilder words = new StringBuilder(event.text("verdict"));
    words.append(" by ").append(event.who()).append(" at ").append(event.at());
    if (!event.text("commit").isEmpty()) {
      words.append(", commit ").append(event.text("commit"), 0, 10);
    }
    double confidence = event.number("confidence", -1);
    if (confidence >= 0) {
      words.append(", confidence ").append(Math.round(confidence)).append(" %");
    }
    if (event.data().path("exits").size() > 0) {
      words.append(", exit codes ").append(event.data().path("exits"));
    }
    if (!event.text("output").isEmpty()) {
      words.append(", output ").append(event.text("output"), 0, 12);
    }
    return words.toString();
  }

  public static List<String> gate(Gates.Answer answer) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Gate of "
            + answer.id()
            + " PHASE "
            + answer.phase()
            + ": "
            + (answer.open() ? "open" : "shut"));
    if (answer.outcomes().isEmpty() && answer.gate().problems().isEmpty()) {
      lines.add("  no conditions");
    }
    answer
        .gate()
        .problems()
        .forEach(p -> lines.add("  ✗ " + p.where() + ": " + p.found() + "; " + p.advice()));
    for (Outcome outcome : answer.outcomes()) {
      String mark =
          switch (outcome.state()) {
            case HOLDS -> "✔";
            case FAILS -> "✗";
            case OPEN -> "?";
          };
      lines.add("  " + mark + " " + outcome.condition().text() + "  (" + outcome.found() + ")");
      if (!outcome.advice().isEmpty()) {
        lines.add("      " + outcome.advice());
      }
    }
    if (!answer.hash().isEmpty()) {
      lines.add(
          "Run its commands as shown: flotilla plan gate "
              + answer.id()
              + " "
              + answer.phase()
              + " --run "
              + answer.hash());
    }
    return lines;
  }

  public static List<String> preview(String id, int phase, Preview preview) {
    List<String> lines = new ArrayList<>();
    lines.add("Folder: " + preview.folder());
    List<String> names = new ArrayList<>();
    preview.variables().forEach((name, set) -> names.add(name + (set ? "" : " (not set)")));
    lines.add("Environment: " + (names.isEmpty() ? "no variables used" : String.join(", ", names)));
    if (!preview.unresolved().isEmpty()) {
      lines.add(
          "Without a value: " + String.join(", ", preview.unresolved()) + "  (--set NAME=VALUE)");
    }
    preview.succeeded().forEach(step -> lines.add("✔ " + step.name() + " ran before"));
    for (Step step : preview.steps()) {
      lines.add("");
      lines.add("── " + step.name() + " ── " + String.join(" ", step.interpreter()));
      lines.addAll(List.of(step.script().stripTrailing().split("\n", -1)));
    }
    lines.add("");
    if (!preview.interrupted().isEmpty()) {
      lines.add(
          preview.interrupted() + " was begun and never ended: look, then add --repeat or --skip.");
    }
    lines.add(
        preview.steps().isEmpty()
            ? "Nothing left to run; --again runs all once more."
            : "Run exactly this: flotilla plan exec "
                + id
                + " "
                + phase
                + " --run "
                + preview.hash());
    return lines;
  }

  public static String event(Event event) {
    StringBuilder line = new StringBuilder();
    line.append(event.at())
        .append("  ")
        .append(event.who())
        .append("  ")
        .append(PlanJson.event(event).path("what").asText());
    if (event.phase() >= 0) {
      line.append("  PHASE ").append(event.phase());
    }
    for (String key :
        List.of(
            "step",
            "exit",
            "task",
            "condition",
            "state",
            "confidence",
            "verdict",
            "reason",
            "name",
            "value")) {
      if (event.data().path(key).isValueNode()) {
        line.append("  ").append(key).append('=').append(event.text(key));
      }
    }
    return line.toString();
  }
}
