package dev.flotilla.cli.command;

import dev.flotilla.cli.client.FleetStatus;
import dev.flotilla.cli.client.Fleets;
import dev.flotilla.cli.client.NodeClient;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.cli.screen.Screen;
import dev.flotilla.cli.screen.Style;
import dev.flotilla.cli.view.Required;
import dev.flotilla.cli.view.StatusTable;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code flotilla status}. */
@Command(
    name = "status",
    description = "Show every agent: its state, since when, and why.",
    footerHeading = "%nExample:%n",
    footer = {
      "  flotilla status --watch",
      "",
      "Exits with 0 when every required agent is healthy, with 1 otherwise."
    })
final class StatusCommand implements Callable<Integer> {
  private final Context context;

  @Option(
      names = {"-w", "--watch"},
      description = "Keep showing it until Ctrl-C; with --json one line a change.")
  private boolean watch;

  StatusCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Fleets fleets = new Fleets(context);
    Optional<NodeClient> node = fleets.find();
    if (node.isEmpty()) {
      return notRunning(fleets);
    }
    if (watch) {
      return new StatusWatch(context, node.get()).run();
    }
    FleetStatus status = node.get().status();
    if (context.options().json()) {
      context.printJson(status);
    } else {
      print(status);
    }
    return Required.areWell(status.agents()) ? ExitCode.OK : ExitCode.FAILED;
  }

  private void print(FleetStatus status) {
    Screen screen = context.screen();
    screen.table(StatusTable.of(status.agents(), Instant.now()));
    screen.line("");
    screen.line(
        screen.paint(Style.BOLD, status.fleet()) + ": " + StatusTable.summary(status.agents()));
    status.trouble().ifPresent(text -> screen.line("The node has " + text + "."));
  }

  private int notRunning(Fleets fleets) {
    String name = fleets.name();
    if (context.options().json()) {
      context.printJson(new FleetStatus(name, java.util.List.of()));
    } else {
      context.screen().line("The fleet " + name + " is not running. Start it: flotilla up");
    }
    return ExitCode.FAILED;
  }
}
