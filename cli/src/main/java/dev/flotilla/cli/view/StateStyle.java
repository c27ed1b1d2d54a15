package dev.flotilla.cli.view;

import dev.flotilla.cli.screen.Style;
import dev.flotilla.model.AgentState;
import dev.flotilla.model.AgentStatus;
import java.util.Comparator;
import java.util.List;

/** How a state looks: its sign and its colour. */
public final class StateStyle {
  private StateStyle() {}

  public static Style style(AgentState state) {
    return switch (state) {
      case HEALTHY, RUNNING -> Style.GREEN;
      case WAITING, STOPPED -> Style.DIM;
      case STARTING -> Style.CYAN;
      case DEGRADED, RESTARTING -> Style.YELLOW;
      case CRASH_LOOP, FAILED -> Style.RED;
    };
  }

  public static String sign(AgentState state) {
    return switch (state) {
      case HEALTHY, RUNNING -> "●";
      case WAITING -> "○";
      case STOPPED -> "·";
      case STARTING -> "◐";
      case DEGRADED -> "▲";
      case RESTARTING -> "↻";
      case CRASH_LOOP, FAILED -> "✖";
    };
  }

  /** Those that somebody should look at first; among equals the order stays. */
  public static List<AgentStatus> worstFirst(List<AgentStatus> agents) {
    return agents.stream().sorted(Comparator.comparingInt(a -> urgency(a.state()))).toList();
  }

  private static int urgency(AgentState state) {
    return switch (state) {
      case CRASH_LOOP, FAILED -> 0;
      case RESTARTING, DEGRADED -> 1;
      case STARTING -> 2;
      case WAITING -> 3;
      case RUNNING, HEALTHY, STOPPED -> 4;
    };
  }
}
