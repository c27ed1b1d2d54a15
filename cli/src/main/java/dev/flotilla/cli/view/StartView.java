package dev.flotilla.cli.view;

import dev.flotilla.cli.screen.Style;
import dev.flotilla.cli.screen.Text;
import dev.flotilla.model.AgentState;
import dev.flotilla.model.AgentStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How far a start is: a bar, and those that are not there yet. */
public final class StartView {
  private static final int BAR = 32;
  private static final int MOST_SHOWN = 12;
  private static final int ROOM_AROUND = 4;
  private static final String[] SPINNER = {"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"};

  private StartView() {}

  /**
   * @param taken since the command began; also turns the spinner
   * @param columns no line is wider
   * @param rows how many lines the screen has
   */
  public static List<String> lines(
      List<AgentStatus> agents, Duration taken, int columns, int rows, boolean colour) {
    Names names = Names.of(agents);
    List<AgentStatus> absent =
        StateStyle.worstFirst(agents.stream().filter(a -> !Required.isWell(a)).toList());
    List<String> lines = new ArrayList<>();
    lines.add(bar(agents, taken, columns, colour));
    int room = Math.max(1, Math.min(MOST_SHOWN, rows - ROOM_AROUND));
    int widest =
        absent.stream().limit(room).mapToInt(a -> Text.width(names.of(a.id()))).max().orElse(0);
    int label =
        absent.stream().limit(room).mapToInt(a -> a.state().label().length()).max().orElse(0);
    String turn = SPINNER[(int) (taken.toMillis() / 80 % SPINNER.length)];
    for (AgentStatus agent : absent.stream().limit(room).toList()) {
      String sign = agent.state() == AgentState.STARTING ? turn : StateStyle.sign(agent.state());
      String plain =
          Text.pad(names.of(agent.id()), widest) + "  " + Text.pad(agent.state().label(), label);
      String reason =
          Text.cut(Text.tame(agent.reason()), Math.max(0, columns - Text.width(plain) - 6));
      lines.add(
          "  "
              + StateStyle.style(agent.state()).paint(sign, colour)
              + " "
              + Text.cut(plain, Math.max(1, columns - 4))
              + (reason.isEmpty() ? "" : "  " + Style.DIM.paint(reason, colour)));
    }
    if (absent.size() > room) {
      lines.add(Style.DIM.paint("  … and " + (absent.size() - room) + " more", colour));
    }
    return lines;
  }

  private static String bar(List<AgentStatus> agents, Duration taken, int columns, boolean colour) {
    long there = agents.stream().filter(Required::isWell).count();
    int width = Math.clamp(columns - 30, 4, BAR);
    int filled = agents.isEmpty() ? width : (int) (width * there / agents.size());
    return Style.GREEN.paint("━".repeat(filled), colour)
        + Style.DIM.paint("─".repeat(width - filled), colour)
        + " "
        + there
        + " of "
        + agents.size()
        + " up  "
        + Style.DIM.paint(Spans.text(taken), colour);
  }
}
