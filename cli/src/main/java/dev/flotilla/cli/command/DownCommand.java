package dev.flotilla.cli.command;

import dev.flotilla.cli.client.Fleets;
import dev.flotilla.cli.client.NodeClient;
import dev.flotilla.cli.client.NodeStart;
import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.cli.view.Spans;
import dev.flotilla.node.AbandonedFleet;
import java.io.IOException;
import java.nio.file.Path;
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
      Path state = fleets.folders().of(fleets.name());
      running = new NodeStart(state, fleets.json(), context.environment()).startedByAnother();
    }
    if (running.isEmpty()) {
      String name = fleets.name();
      int ended = endAbandoned(fleets.folders().of(name));
      say(name, ended, Duration.ofNanos(System.nanoTime() - began), ended > 0);
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

  /** A node that died may have left agents running. */
  private static int endAbandoned(Path state) {
    try {
      return new AbandonedFleet(state).end();
    } catch (IOException e) {
      throw CommandFailure.of(
          "what a node left running could not be ended: " + e.getMessage(),
          "its end within 30 s",
          "Try again, or start the fleet and take it down: flotilla up, flotilla down.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
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
