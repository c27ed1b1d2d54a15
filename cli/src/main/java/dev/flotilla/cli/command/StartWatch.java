package dev.flotilla.cli.command;

import dev.flotilla.cli.client.FleetStatus;
import dev.flotilla.cli.client.NodeClient;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.cli.screen.LiveBlock;
import dev.flotilla.cli.screen.Screen;
import dev.flotilla.cli.screen.Style;
import dev.flotilla.cli.screen.TerminalSize;
import dev.flotilla.cli.view.Arrivals;
import dev.flotilla.cli.view.Required;
import dev.flotilla.cli.view.Spans;
import dev.flotilla.cli.view.StartView;
import dev.flotilla.cli.view.StatusTable;
import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentState;
import dev.flotilla.model.AgentStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Shows a start until every required agent is up, or until that will not come. */
final class StartWatch {
  private static final Duration LOOK = Duration.ofMillis(40);
  private static final String HUB = "ObservabilityHub";

  private final Context context;
  private final NodeClient node;
  private final long began;
  private final Duration patience;

  /**
   * @param began {@link System#nanoTime} when the command began
   */
  StartWatch(Context context, NodeClient node, long began, Duration patience) {
    this.context = context;
    this.node = node;
    this.began = began;
    this.patience = patience;
  }

  int run() {
    FleetStatus status = context.screen().terminal() ? drawn() : told(new Arrivals());
    boolean up = Required.areWell(status.agents());
    if (context.options().json()) {
      json(status, up);
    } else {
      words(status, up);
    }
    return up ? ExitCode.OK : ExitCode.FAILED;
  }

  private FleetStatus drawn() {
    Screen screen = context.screen();
    int columns = screen.columns().getAsInt();
    int rows = TerminalSize.rows();
    try (LiveBlock block = new LiveBlock(screen)) {
      FleetStatus status = node.status();
      while (!settled(status)) {
        block.draw(StartView.lines(status.agents(), taken(), columns, rows, screen.colour()));
        LockSupport.parkNanos(LOOK.toNanos());
        status = node.status();
      }
      block.draw(List.of());
      return status;
    }
  }

  private FleetStatus told(Arrivals arrivals) {
    FleetStatus status = node.status();
    tell(arrivals, status);
    while (!settled(status)) {
      LockSupport.parkNanos(LOOK.toNanos());
      status = node.status();
      tell(arrivals, status);
    }
    return status;
  }

  private void tell(Arrivals arrivals, FleetStatus status) {
    if (!context.options().json()) {
      arrivals.lines(status.agents(), taken()).forEach(context.screen()::line);
    }
  }

  private boolean settled(FleetStatus status) {
    return Required.areWell(status.agents())
        || !Required.lost(status.agents()).isEmpty()
        || taken().compareTo(patience) > 0;
  }

  private Duration taken() {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private void words(FleetStatus status, boolean up) {
    Screen screen = context.screen();
    screen.table(StatusTable.of(status.agents(), Instant.now()));
    screen.line("");
    String name = screen.paint(Style.BOLD, status.fleet());
    String took = Spans.text(taken());
    if (up) {
      screen.line(
          screen.paint(Style.BOLD_GREEN, "up")
              + "  "
              + name
              + " in "
              + took
              + ": "
              + StatusTable.summary(status.agents()));
      page(status).ifPresent(page -> screen.line("    " + screen.paint(Style.CYAN, page)));
    } else {
      new ProblemReport(context).words(List.of(StartFailure.of(status, taken())));
    }
  }

  private void json(FleetStatus status, boolean up) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("fleet", status.fleet());
    answer.put("up", up);
    answer.put("seconds", taken().toMillis() / 1000.0);
    page(status).ifPresent(page -> answer.put("page", page));
    answer.put("agents", status.agents());
    if (!up) {
      answer.put("problems", List.of(ProblemReport.json(StartFailure.of(status, taken()))));
    }
    context.printJson(answer);
  }

  private static Optional<String> page(FleetStatus status) {
    return status.agents().stream()
        .filter(agent -> agent.id().name().equals(HUB))
        .filter(agent -> agent.state() == AgentState.HEALTHY)
        .findFirst()
        .map(AgentStatus::ports)
        .map(ports -> ports.get(Agent.MAIN_PORT))
        .map(port -> "http://127.0.0.1:" + port + "/");
  }
}
