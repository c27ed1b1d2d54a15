package dev.flotilla.cli.command;

import dev.flotilla.cli.client.FleetStatus;
import dev.flotilla.cli.client.NodeClient;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.cli.screen.LiveBlock;
import dev.flotilla.cli.screen.Screen;
import dev.flotilla.cli.screen.Style;
import dev.flotilla.cli.screen.Table;
import dev.flotilla.cli.screen.TerminalSize;
import dev.flotilla.cli.screen.Text;
import dev.flotilla.cli.view.StateStyle;
import dev.flotilla.cli.view.StatusTable;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** {@code flotilla status --watch}: drawn in place on a terminal, one entry a change elsewhere. */
final class StatusWatch {
  private static final Duration PERIOD = Duration.ofMillis(500);
  private static final String HINT = "   Ctrl-C ends this view";

  private final Context context;
  private final NodeClient node;

  StatusWatch(Context context, NodeClient node) {
    this.context = context;
    this.node = node;
  }

  /** Ends when the node does, or with the process. */
  int run() {
    if (context.screen().terminal()) {
      draw();
    } else {
      var mapper = Json.mapper();
      report(node.status(), mapper);
      node.changes(
          change -> {
            report(node.status(), mapper);
            return true;
          });
    }
    return ExitCode.OK;
  }

  private void report(FleetStatus status, com.fasterxml.jackson.databind.ObjectMapper mapper) {
    if (context.options().json()) {
      context.printJsonLine(mapper, status);
    } else {
      context.screen().table(StatusTable.of(status.agents(), Instant.now()));
      context.screen().line("");
    }
  }

  private void draw() {
    try (LiveBlock block = new LiveBlock(context.screen())) {
      while (!Thread.currentThread().isInterrupted()) {
        block.draw(frame(node.status()));
        LockSupport.parkNanos(PERIOD.toNanos());
      }
    }
  }

  private List<String> frame(FleetStatus status) {
    Screen screen = context.screen();
    int columns = screen.columns().getAsInt();
    int room = Math.max(3, TerminalSize.rows() - 4);
    List<AgentStatus> agents =
        status.agents().size() < room ? status.agents() : StateStyle.worstFirst(status.agents());
    Table table = StatusTable.of(agents, Instant.now());
    List<String> rows = table.lines(columns, screen.colour());
    List<String> frame = new ArrayList<>(rows.subList(0, Math.min(rows.size(), room)));
    if (rows.size() > room) {
      frame.add(screen.paint(Style.DIM, "… and " + (rows.size() - room) + " more"));
    }
    frame.add("");
    String summary =
        Text.cut(status.fleet() + ": " + StatusTable.summary(status.agents()), columns);
    boolean roomForHint = Text.width(summary) + Text.width(HINT) <= columns;
    frame.add(summary + (roomForHint ? screen.paint(Style.DIM, HINT) : ""));
    return frame;
  }
}
