package dev.flotilla.cli.command;

import dev.flotilla.cli.client.Fleets;
import dev.flotilla.cli.client.NodeClient;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.cli.view.Spans;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code flotilla down}. */
@Command(
    name = "down",
    description = "Stop every agent in reverse order, then the node.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla down -f fleet.yaml")
final class DownCommand implements Callable<Integer> {
  private final Context context;

  DownCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    long began = System.nanoTime();
    Fleets fleets = new Fleets(context);
    Optional<NodeClient> running = fleets.find();
    if (running.isEmpty()) {
      say(fleets.name(), 0, Duration.ZERO, false);
      return ExitCode.OK;
    }
    NodeClient node = running.get();
    String fleet = node.status().fleet();
    int agents = node.status().agents().size();
    node.down();
    new NodeEnd(node.file()).await();
    say(fleet, agents, Duration.ofNanos(System.nanoTime() - began), true);
    return ExitCode.OK;
  }

  private void say(String fleet, int agents, Duration taken, boolean ran) {
    if (context.options().json()) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("fleet", fleet);
      answer.put("wasRunning", ran);
      answer.put("stopped", agents);
      answer.put("seconds", taken.toMillis() / 1000.0);
      context.printJson(answer);
    } else {
      context
          .screen()
          .line(
              ran
                  ? "The fleet "
                      + fleet
                      + " is down: "
                      + agents
                      + " agents stopped in "
                      + Spans.text(taken)
                      + "."
                  : "The fleet " + fleet + " is not running; nothing to stop.");
    }
  }
}
