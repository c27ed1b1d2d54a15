package dev.flotilla.cli.view;

import dev.flotilla.cli.screen.Style;
import dev.flotilla.model.AgentState;

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
}
