package dev.flotilla.cli.command;

import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.rehearse.Chronicle;
import dev.flotilla.cli.rehearse.Faults;
import dev.flotilla.cli.rehearse.Outcome;
import dev.flotilla.cli.rehearse.Stage;
import dev.flotilla.cli.screen.Screen;
import dev.flotilla.cli.screen.Style;
import dev.flotilla.cli.screen.Text;
import dev.flotilla.cli.view.Names;
import dev.flotilla.cli.view.Spans;
import dev.flotilla.cli.view.Waterfall;
import dev.flotilla.hub.twin.CriticalPath;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Fleet;
import dev.flotilla.node.core.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a rehearsal says: who stands where, then waterfall, critical path and what went wrong. */
final class RehearsalReport {
  private static final int USUAL_COLUMNS = 110;
  private static final Duration WORTH_SAYING = Duration.ofMillis(50);

  private final Context context;
  private final Fleet fleet;
  private final Stage stage;
  private final Faults faults;
  private final long seed;
  private final Names names;
  private final Pace pace = Pace.forCores(Runtime.getRuntime().availableProcessors());

  RehearsalReport(Context context, Fleet fleet, Stage stage, Faults faults, long seed) {
    this.context = context;
    this.fleet = fleet;
    this.stage = stage;
    this.faults = faults;
    this.seed = seed;
    this.names = new Names(fleet.agents().keySet());
  }

  void opening() {
    if (context.options().json()) {
      return;
    }
    String where =
        fleet.machines().keySet().stream()
            .map(machine -> machine + " at " + stage.addresses().get(machine))
            .collect(Collectors.joining(", "));
    wrapped(
        "Rehearsing "
            + context.screen().paint(Style.BOLD, fleet.name())
            + ": "
            + Count.of(fleet.agents().size(), "stand-in")
            + "; "
            + where
            + "; every port + "
            + stage.portOffset()
            + "; seed "
            + seed,
        "  ");
    faults.words().forEach((agent, what) -> line("  " + names.of(agent) + ": " + what));
  }

  /**
   * @param settled whether all came to rest before the patience was at its end
   */
  void closing(
      Outcome outcome,
      List<AgentStatus> last,
      Chronicle record,
      Duration ran,
      boolean settled,
      Duration stopped) {
    CriticalPath path = CriticalPath.of(fleet, record.starts());
    if (context.options().json()) {
      context.printJson(
          RehearsalJson.of(fleet.name(), outcome, seed, stage.portOffset(), ran, stopped)
              .with(last, record, path));
    } else {
      words(outcome, record, path, ran);
      verdict(outcome, record, ran, settled, stopped);
    }
  }

  private void words(Outcome outcome, Chronicle record, CriticalPath path, Duration ran) {
    Screen screen = context.screen();
    Set<AgentId> critical =
        path.steps().stream().map(CriticalPath.Step::agent).collect(Collectors.toSet());
    boolean allReady = record.starts().values().stream().allMatch(s -> s.readyAt().isPresent());
    Instant end =
        record.lastReady().filter(at -> allReady).orElseGet(() -> record.began().plus(ran));
    line("");
    Waterfall.lines(
            record.starts().entrySet().stream()
                .map(
                    e ->
                        new Waterfall.Bar(
                            e.getKey(), e.getValue().startedAt(), e.getValue().readyAt()))
                .toList(),
            critical,
            end,
            Math.min(USUAL_COLUMNS, screen.columns().getAsInt()),
            screen.colour())
        .forEach(this::line);
    line("");
    criticalPath(path);
    line("");
    troubles(outcome, record);
  }

  private void criticalPath(CriticalPath path) {
    line(
        context.screen().paint(Style.BOLD, "Critical path")
            + " ("
            + Spans.text(path.total())
            + "): the fleet is up no sooner than this chain");
    for (CriticalPath.Step step : path.steps()) {
      String waited =
          step.waited().compareTo(WORTH_SAYING) < 0
              ? ""
              : ", after " + Spans.text(step.waited()) + " in the queue";
      line(
          "  ◆ "
              + Text.pad(names.of(step.agent()), 34)
              + Text.padLeft(Spans.text(step.took()), 8)
              + waited);
    }
    if (path.steps().stream().anyMatch(step -> step.waited().compareTo(WORTH_SAYING) >= 0)) {
      wrapped(
          "  In the queue: of agents with a probe at most "
              + pace.atOnce()
              + " start at once on this machine's "
              + Count.of(Runtime.getRuntime().availableProcessors(), "core")
              + ".",
          "    ");
    }
  }

  private void troubles(Outcome outcome, Chronicle record) {
    List<String> lines = new ArrayList<>();
    Set<AgentId> told = new HashSet<>();
    for (Chronicle.Incident incident : outcome.incidents()) {
      String when = Spans.text(Duration.between(record.began(), incident.when()));
      lines.add(
          "at "
              + when
              + "  "
              + names.of(incident.agent())
              + ": "
              + inShort(incident.what())
              + incident
                  .took()
                  .map(took -> "; well again after " + Spans.text(took))
                  .orElse("; did not recover"));
      if (incident.recovered().isEmpty()) {
        told.add(incident.agent());
      }
    }
    for (AgentStatus agent : outcome.absent()) {
      if (!told.contains(agent.id())) {
        lines.add(
            names.of(agent.id())
                + " was "
                + agent.state().label()
                + " in the end"
                + (agent.reason().isEmpty() ? "" : ": " + inShort(agent.reason())));
      }
    }
    for (AgentId agent : outcome.notSeen()) {
      lines.add(
          names.of(agent)
              + " was "
              + faults.failure(agent)
              + " and had not when the rehearsal ended: its recovery is not proven");
    }
    line(
        context.screen().paint(Style.BOLD, "What went wrong")
            + (lines.isEmpty() ? ": nothing" : ""));
    lines.forEach(each -> wrapped("  " + Text.tame(each), "      "));
  }

  /** What happened, without what was going to be done about it and the last words of a stand-in. */
  private static String inShort(String reason) {
    int end = reason.indexOf("; ");
    return end < 0 ? reason : reason.substring(0, end);
  }

  private void verdict(
      Outcome outcome, Chronicle record, Duration ran, boolean settled, Duration stopped) {
    boolean passed = outcome.passed();
    String when =
        settled
            ? record
                .lastReady()
                .map(at -> ", the last after " + Spans.text(Duration.between(record.began(), at)))
                .orElse("")
            : " when the time was over after " + Spans.text(ran) + " (--timeout)";
    line("");
    wrapped(
        context.screen().paint(passed ? Style.BOLD_GREEN : Style.BOLD_RED, word(passed))
            + "  "
            + outcome.up()
            + " of "
            + Count.of(fleet.agents().size(), "stand-in")
            + " up"
            + when
            + "; stopped in "
            + Spans.text(stopped)
            + ", "
            + (outcome.left() == 0 ? "none left behind" : outcome.left() + " left behind"),
        "        ");
  }

  private static String word(boolean passed) {
    return passed ? "passed" : "failed";
  }

  /** In lines that the screen can show, the later ones indented. */
  private void wrapped(String text, String indent) {
    int width = Math.min(USUAL_COLUMNS, context.screen().columns().getAsInt()) - indent.length();
    String lead = text.substring(0, text.length() - text.stripLeading().length());
    List<String> parts = Text.wrap(text.strip(), width);
    line(lead + parts.getFirst());
    parts.stream().skip(1).forEach(part -> line(indent + part));
  }

  private void line(String text) {
    context.screen().line(text);
  }
}
