package dev.flotilla.cli.plan.centre;

import dev.flotilla.cli.screen.Style;
import dev.flotilla.cli.screen.Text;
import dev.flotilla.plan.Phase;
import dev.flotilla.plan.PlanRefused;
import dev.flotilla.plan.desk.Desk;
import dev.flotilla.plan.desk.Execution;
import dev.flotilla.plan.desk.Gates;
import dev.flotilla.plan.run.Preview;
import dev.flotilla.plan.store.PlanEntry;
import dev.flotilla.plan.store.Stored;
import dev.flotilla.plan.view.ShowText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Draws one state as exactly as many lines as the terminal has. */
final class Frame {
  private static final String KEYS =
      "↑↓ move  ⏎ open  esc back  tab board  1-9 number  d done  u undo  a ack  c claim";
  private static final String MORE_KEYS =
      "x commands  r run  g gate  e evidence  t time  n new  + phase  i stop  q quit";

  private final Desk desk;
  private final List<PlanEntry> plans;
  private final Optional<Stored> chosen;
  private final int rows;
  private final int columns;
  private final boolean colour;

  Frame(
      Desk desk,
      List<PlanEntry> plans,
      Optional<Stored> chosen,
      int rows,
      int columns,
      boolean colour) {
    this.desk = desk;
    this.plans = plans;
    this.chosen = chosen;
    this.rows = rows;
    this.columns = columns;
    this.colour = colour;
  }

  List<String> lines(CentreState state) {
    List<String> lines = new ArrayList<>();
    lines.add(title());
    lines.add(tabs(state));
    lines.add(Style.DIM.paint("─".repeat(Math.max(1, columns)), colour));
    int room = Math.max(1, rows - 6);
    List<String> body = body(state, room);
    for (int i = 0; i < room; i++) {
      lines.add(i < body.size() ? body.get(i) : "");
    }
    String asked =
        state.open().map(q -> q.about().words() + q.answer() + "█").orElse(state.message());
    lines.add(Style.BOLD_YELLOW.paint(Text.cut(Text.tame(asked), columns), colour));
    lines.add(Style.DIM.paint(Text.cut(KEYS, columns), colour));
    lines.add(Style.DIM.paint(Text.cut(MORE_KEYS, columns), colour));
    return lines.subList(0, Math.min(lines.size(), rows));
  }

  private String title() {
    long open = plans.size();
    String words = "🎮 TASK COMMAND & CONTROL CENTER   " + open + " open, " + desk.who();
    return Style.BOLD.paint(Text.cut(words, columns), colour);
  }

  private String tabs(CentreState state) {
    StringBuilder out = new StringBuilder();
    for (Board board : Board.values()) {
      String name = board == state.board() ? "[" + board.title() + "]" : " " + board.title() + " ";
      out.append(board == state.board() ? Style.BOLD_GREEN.paint(name, colour) : name).append(' ');
    }
    chosen
        .filter(c -> state.board() != Board.PLANS)
        .ifPresent(c -> out.append(" ").append(c.plan().id()));
    return Text.width(out.toString()) > columns
        ? Text.cut(plain(out.toString()), columns)
        : out.toString();
  }

  private static String plain(String text) {
    return text.replaceAll("\033\\[[0-9;]*m", "");
  }

  private List<String> body(CentreState state, int room) {
    if (state.board() == Board.PLANS) {
      return window(plans.stream().map(this::plan).toList(), state.plan(), room, true);
    }
    if (chosen.isEmpty()) {
      return List.of("", "  No plan yet. Press n to make one.");
    }
    Stored stored = chosen.get();
    return switch (state.board()) {
      case PLANS -> List.of();
      case PHASES -> window(phases(stored), state.phase(), room, true);
      case COMMANDS -> window(wrapped(commands(stored, state), "↪ "), state.scroll(), room, false);
      case EVIDENCE -> window(wrapped(evidence(stored, state), ""), state.scroll(), room, false);
      case TIMELINE -> window(wrapped(timeline(stored), "  "), state.scroll(), room, false);
    };
  }

  /**
   * Long lines go on below, at their own indentation.
   *
   * @param sign before what goes on, where a reader must tell it from a line of its own
   */
  private List<String> wrapped(List<String> lines, String sign) {
    List<String> out = new ArrayList<>();
    for (String line : lines) {
      String tame = Text.tame(line);
      if (Text.width(tame) <= columns) {
        out.add(tame);
        continue;
      }
      String indent =
          " ".repeat(Math.min(columns / 2, tame.length() - tame.stripLeading().length()));
      List<String> parts =
          Text.wrap(tame.stripLeading(), columns - indent.length() - sign.length());
      for (int i = 0; i < parts.size(); i++) {
        out.add(indent + (i == 0 ? "" : sign) + parts.get(i));
      }
    }
    return out;
  }

  /** The part of the lines that fits; a chosen row is marked and kept in sight. */
  private List<String> window(List<String> all, int at, int room, boolean marks) {
    int last = Math.max(0, all.size() - room);
    int from = marks ? Math.clamp(at - room / 2, 0, last) : Math.min(at, last);
    List<String> shown = new ArrayList<>();
    for (int i = from; i < Math.min(all.size(), from + room); i++) {
      String line =
          Text.cut(Text.tame((marks ? (i == at ? "▶ " : "  ") : "") + all.get(i)), columns);
      shown.add(marks && i == at ? Style.BOLD.paint(line, colour) : line);
    }
    return shown;
  }

  private String plan(PlanEntry plan) {
    int number = plans.indexOf(plan) + 1;
    long done = plan.phases().stream().filter(PlanEntry.PhaseEntry::done).count();
    String progress = done + "/" + plan.phases().size();
    String words = plan.damage().isEmpty() ? plan.description() : "⚠ " + plan.damage();
    return Text.padLeft(number + ".", 4)
        + " "
        + Text.pad(progress, 6)
        + Text.pad(plan.status(), 12)
        + " "
        + Text.pad(Text.cut(plan.id(), 32), 32)
        + "  "
        + words.replace('\n', ' ');
  }

  private List<String> phases(Stored stored) {
    List<String> lines = new ArrayList<>();
    for (PlanEntry.PhaseEntry phase : PlanEntry.of(stored.plan(), stored.history()).phases()) {
      String holder = phase.done() ? "" : phase.holder(desk.now());
      lines.add(
          "["
              + (phase.done() ? "✔" : "✗")
              + "] "
              + phase.index()
              + ". "
              + phase.headline()
              + (phase.verdict().isEmpty() ? "" : "  " + phase.verdict())
              + (phase.forced() ? "  ⚑ forced" : "")
              + (phase.ready() ? "  ready" : "")
              + (phase.boxes() == 0 ? "" : "  " + phase.ticked() + "/" + phase.boxes())
              + (holder.isEmpty() ? "" : "  claimed by " + holder));
    }
    return lines.isEmpty() ? List.of("No phase yet. Press + to add one.") : lines;
  }

  private static Optional<Phase> phase(Stored stored, CentreState state) {
    List<Phase> phases = stored.plan().phases();
    return state.phase() < phases.size()
        ? Optional.of(phases.get(state.phase()))
        : Optional.empty();
  }

  private List<String> commands(Stored stored, CentreState state) {
    Optional<Phase> phase = phase(stored, state);
    if (phase.isEmpty()) {
      return List.of("No phase.");
    }
    try {
      Preview preview =
          new Execution(desk)
              .preview(
                  stored.plan().id(),
                  phase.get().index(),
                  new Preview.Wanted(0, false, false, Map.of()));
      return ShowText.preview(stored.plan().id(), phase.get().index(), preview);
    } catch (PlanRefused refused) {
      return List.of(refused.problems().getFirst().found(), refused.problems().getFirst().advice());
    }
  }

  private List<String> evidence(Stored stored, CentreState state) {
    Optional<Phase> phase = phase(stored, state);
    if (phase.isEmpty()) {
      return List.of("No phase.");
    }
    List<String> lines = new ArrayList<>();
    Gates.Answer gate = new Gates(desk).look(stored.plan().file(), phase.get().index());
    if (!phase.get().done()) {
      lines.addAll(ShowText.gate(gate));
      lines.add("");
    }
    List<String> shown = ShowText.plan(stored, phase.get().index(), desk.now());
    lines.addAll(shown.subList(Math.min(5, shown.size()), shown.size()));
    return lines;
  }

  private static List<String> timeline(Stored stored) {
    List<String> lines = new ArrayList<>();
    stored.log().events().forEach(event -> lines.addFirst(ShowText.event(event)));
    return lines.isEmpty() ? List.of("Nothing happened yet.") : lines;
  }
}
