package dev.flotilla.cli.plan.centre;

import dev.flotilla.model.Problem;
import dev.flotilla.plan.Phase;
import dev.flotilla.plan.PlanRefused;
import dev.flotilla.plan.desk.Claims;
import dev.flotilla.plan.desk.Closing;
import dev.flotilla.plan.desk.Desk;
import dev.flotilla.plan.desk.Execution;
import dev.flotilla.plan.desk.Flow;
import dev.flotilla.plan.desk.Gates;
import dev.flotilla.plan.desk.Writing;
import dev.flotilla.plan.run.Preview;
import dev.flotilla.plan.store.PlanEntry;
import dev.flotilla.plan.store.Stored;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** The full-screen centre: draws, waits for a key, does what it asks. One thread. */
public final class Centre {
  private static final String ENTER_SCREEN = "\033[?1049h\033[?25l";
  private static final String LEAVE_SCREEN = "\033[?25h\033[?1049l";
  private static final int SMALLEST_ROWS = 10;

  private final Desk desk;
  private final boolean colour;

  public Centre(Desk desk, boolean colour) {
    this.desk = desk;
    this.colour = colour;
  }

  /** Shows the centre until it is left. */
  public void run() throws IOException {
    try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
      Attributes before = terminal.enterRawMode();
      terminal.writer().print(ENTER_SCREEN);
      try {
        loop(terminal, new KeyReader(terminal.reader()));
      } finally {
        terminal.writer().print(LEAVE_SCREEN);
        terminal.flush();
        terminal.setAttributes(before);
      }
    }
  }

  private void loop(Terminal terminal, KeyReader keys) throws IOException {
    CentreState state = CentreState.start();
    boolean running = true;
    while (running) {
      List<PlanEntry> plans = desk.store().list().stream().filter(PlanEntry::open).toList();
      CentreState shown = state;
      Optional<Stored> chosen =
          state.plan() < plans.size()
              ? Optional.of(desk.store().read(plans.get(state.plan()).file()))
              : Optional.empty();
      draw(terminal, plans, chosen, shown);
      Key key = keys.next();
      int phases = chosen.map(c -> c.plan().phases().size()).orElse(0);
      Keys.Step step = Keys.press(state, key, plans.size(), phases);
      running = step.intent() != Intent.Act.QUIT;
      state = running ? act(step.state(), step.intent(), chosen) : step.state();
      state = within(state, plans.size(), phases);
    }
  }

  private static CentreState within(CentreState state, int plans, int phases) {
    boolean fits = state.plan() < Math.max(1, plans) && state.phase() < Math.max(1, phases);
    return fits
        ? state
        : state.at(
            Math.clamp(state.plan(), 0, Math.max(0, plans - 1)),
            Math.clamp(state.phase(), 0, Math.max(0, phases - 1)));
  }

  private void draw(
      Terminal terminal, List<PlanEntry> plans, Optional<Stored> chosen, CentreState state) {
    int rows = Math.max(SMALLEST_ROWS, terminal.getHeight());
    int columns = terminal.getWidth() <= 0 ? 80 : terminal.getWidth();
    StringBuilder out = new StringBuilder("\033[H");
    List<String> lines = new Frame(desk, plans, chosen, rows, columns, colour).lines(state);
    for (int i = 0; i < lines.size(); i++) {
      out.append(lines.get(i)).append("\033[K").append(i + 1 < lines.size() ? "\r\n" : "");
    }
    terminal.writer().print(out.append("\033[J"));
    terminal.flush();
  }

  private CentreState act(CentreState state, Intent intent, Optional<Stored> chosen) {
    try {
      return switch (intent) {
        case Intent.Act act -> act(state, act, chosen);
        case Intent.Answered answered -> answered(state, answered.question(), chosen);
      };
    } catch (PlanRefused refused) {
      Problem first = refused.problems().getFirst();
      int more = refused.problems().size() - 1;
      return state.saying(
          first.found() + " → " + first.advice() + (more > 0 ? " (and " + more + " more)" : ""));
    }
  }

  private CentreState act(CentreState state, Intent.Act act, Optional<Stored> chosen) {
    return switch (act) {
      case NOTHING, QUIT -> state;
      case RESUME -> state.saying("Resumed " + new Flow(desk).resume(Optional.empty()));
      case INTERRUPT ->
          state.saying(
              "Interrupted " + new Flow(desk).interrupt(chosen.map(c -> c.plan().file()), ""));
      case ACKNOWLEDGE -> {
        new Gates(desk).acknowledge(file(chosen), index(chosen, state));
        yield state.saying("Acknowledged");
      }
      case CLAIM -> {
        Claims.Claimed claimed =
            new Claims(desk).claim(file(chosen), index(chosen, state), Claims.LEASE);
        yield state.saying("Yours until " + claimed.until());
      }
    };
  }

  private static String file(Optional<Stored> chosen) {
    return chosen
        .orElseThrow(() -> new PlanRefused("", "no plan", "a plan", "press n to make one"))
        .plan()
        .file();
  }

  private static int index(Optional<Stored> chosen, CentreState state) {
    List<Phase> phases = chosen.map(c -> c.plan().phases()).orElse(List.of());
    if (state.phase() >= phases.size()) {
      throw new PlanRefused("", "no phase", "a phase", "press + to add one");
    }
    return phases.get(state.phase()).index();
  }

  private CentreState answered(CentreState state, Question question, Optional<Stored> chosen) {
    String answer = question.answer().strip();
    return switch (question.about()) {
      case NUMBER -> state;
      case DESCRIPTION -> {
        String id = new Writing(desk).create(answer, "", "", List.of(), false);
        yield state.at(0, 0).on(Board.PHASES).saying("Made " + id + "; press + to add a phase");
      }
      case PHASE -> state.saying("Added PHASE " + new Writing(desk).addPhase(file(chosen), answer));
      case REASON -> {
        new Closing(desk).undo(file(chosen), index(chosen, state), answer);
        yield state.saying("Open again");
      }
      case CONFIDENCE -> done(state, answer, chosen);
      case RUN -> answer.equals("yes") ? run(state, chosen) : state.saying("Nothing run");
      case CHECK -> answer.equals("yes") ? check(state, chosen) : state.saying("Nothing run");
    };
  }

  private CentreState done(CentreState state, String answer, Optional<Stored> chosen) {
    if (!answer.isEmpty() && !answer.matches("\\d{1,3}(\\.\\d+)?")) {
      return state.saying("A number from 0 to 100, or nothing");
    }
    double confidence = answer.isEmpty() ? -1 : Double.parseDouble(answer);
    Closing.Closed closed =
        new Closing(desk)
            .done(file(chosen), index(chosen, state), new Closing.Wish(confidence, "", false, ""));
    return state.saying(
        "Done: PHASE " + closed.phase() + " (" + closed.verdict() + "), plan " + closed.status());
  }

  private CentreState run(CentreState state, Optional<Stored> chosen) {
    Preview.Wanted all = new Preview.Wanted(0, false, false, Map.of());
    Execution execution = new Execution(desk);
    int index = index(chosen, state);
    String hash = execution.preview(file(chosen), index, all).hash();
    List<Execution.Ran> ran =
        execution.run(
            file(chosen),
            index,
            new Execution.Order(hash, all, Duration.ofMinutes(30), Execution.Unfinished.ASK),
            OutputStream.nullOutputStream());
    return ran.isEmpty()
        ? state.saying("Nothing left to run")
        : state.saying(
            ran.getLast().step()
                + ": exit code "
                + ran.getLast().exit()
                + ", output "
                + ran.getLast().output());
  }

  private CentreState check(CentreState state, Optional<Stored> chosen) {
    Gates gates = new Gates(desk);
    int index = index(chosen, state);
    Gates.Answer now = gates.look(file(chosen), index);
    Gates.Answer ran = now.hash().isEmpty() ? now : gates.run(file(chosen), index, now.hash());
    return state.saying("The gate is " + (ran.open() ? "open" : "shut"));
  }
}
