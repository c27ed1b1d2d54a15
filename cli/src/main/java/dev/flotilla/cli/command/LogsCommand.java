package dev.flotilla.cli.command;

import dev.flotilla.cli.client.Fleets;
import dev.flotilla.cli.client.NodeClient;
import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flotilla logs}. */
@Command(
    name = "logs",
    description = "Show what agents wrote; without a name, all of them.",
    footerHeading = "%nExample:%n",
    footer = {
      "  flotilla logs -f ServiceRegistry",
      "",
      "Here -f without a YAML file behind it is --follow."
    })
final class LogsCommand implements Callable<Integer> {
  private final Context context;

  @Option(names = "--follow", description = "Go on with what is written from now on; -f for short.")
  private boolean follow;

  @Option(
      names = {"-n", "--tail"},
      paramLabel = "N",
      defaultValue = "20",
      description = "How many of the last lines to begin with; 20 when left out.")
  private int tail = 20;

  @Option(names = "--node", description = "What the node itself wrote.")
  private boolean ofNode;

  @Parameters(arity = "0..*", paramLabel = "AGENT", description = "Its name, or name@machine.")
  private List<String> agents = List.of();

  LogsCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (tail < 0) {
      throw CommandFailure.usage(
          "--tail " + tail, "a number from 0", "Run: flotilla logs --tail 50");
    }
    Fleets fleets = new Fleets(context);
    if (ofNode) {
      return node(fleets.folders().of(fleets.name()).resolve("node.log"));
    }
    NodeClient node = fleets.require();
    List<AgentId> known = node.status().agents().stream().map(AgentStatus::id).toList();
    List<AgentId> meant = agents.isEmpty() ? known : AgentChoice.of(agents, known);
    LogLines lines = new LogLines(context, meant);
    if (follow) {
      followAll(node, meant, lines);
    } else {
      for (AgentId agent : meant) {
        node.logs(agent, tail, false, line -> lines.print(agent, line));
      }
    }
    return ExitCode.OK;
  }

  /** One thread an agent; ends when the node ends every stream, or with the process. */
  private void followAll(NodeClient node, List<AgentId> meant, LogLines lines) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (AgentId agent : meant) {
        threads.execute(() -> node.logs(agent, tail, true, line -> lines.print(agent, line)));
      }
    }
  }

  private int node(Path log) {
    try {
      List<String> all = Files.readString(log, StandardCharsets.UTF_8).lines().toList();
      all.subList(Math.max(0, all.size() - tail), all.size()).forEach(context.screen()::line);
      return ExitCode.OK;
    } catch (IOException e) {
      throw CommandFailure.of(
          "no log of a node at " + log, "a node that ran", "Start it: flotilla up");
    }
  }
}
