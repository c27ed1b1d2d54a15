package dev.flotilla.cli.command;

import dev.flotilla.cli.client.FleetStatus;
import dev.flotilla.cli.client.Fleets;
import dev.flotilla.cli.client.NodeClient;
import dev.flotilla.cli.client.NodeStart;
import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.Manifests;
import dev.flotilla.cli.wiring.JvmCommand;
import dev.flotilla.cli.wiring.ManifestArguments;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Problem;
import dev.flotilla.node.api.ManifestRequest;
import dev.flotilla.node.state.NodeFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code flotilla up}. */
@Command(
    name = "up",
    description = "Start the fleet, or make a running one what its manifest says now.",
    footerHeading = "%nExample:%n",
    footer = {
      "  flotilla up -f fleet.yaml",
      "",
      "Returns when every required agent is healthy, with 1 when one of them is not."
    })
final class UpCommand implements Callable<Integer> {
  private final Context context;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description = "How long to wait for the required agents; 120 when left out.")
  private double timeout = 120;

  @Option(
      names = "--machine",
      paramLabel = "NAME",
      description = "Which machine of the manifest this one is.")
  private @Nullable String machine;

  UpCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    long began = System.nanoTime();
    Manifests.Loaded loaded = Manifests.load(context);
    Fleets fleets = new Fleets(context);
    Path state = fleets.folders().of(loaded.fleet().name());
    Optional<NodeClient> running = NodeClient.running(state, fleets.json());
    check(loaded, running.map(NodeClient::status).map(FleetStatus::agents).orElse(List.of()));
    ManifestRequest request = request(loaded);
    NodeClient node = running.orElseGet(() -> start(fleets, state, request));
    if (running.isPresent()) {
      node.apply(request);
    }
    Duration patience = Duration.ofMillis((long) (timeout * 1000));
    try {
      return new StartWatch(context, node, began, patience).run();
    } catch (CommandFailure e) {
      throw takenDown(node, state) ? takenDown(loaded.fleet().name()) : e;
    }
  }

  /** Whether the node ended in order, which takes its file away, and was not killed. */
  private static boolean takenDown(NodeClient node, Path state) {
    new NodeEnd(node.file()).await();
    return !Files.exists(state.resolve(NodeFile.NAME));
  }

  private static CommandFailure takenDown(String fleet) {
    return CommandFailure.of(
        "the fleet " + fleet + " was taken down while it started",
        "a fleet that is left to start",
        "Start it again: flotilla up");
  }

  /** What would go wrong is said before anything is touched. */
  private void check(Manifests.Loaded loaded, List<AgentStatus> running) {
    Fleet fleet = loaded.fleet();
    Optional<String> here = MachineChoice.of(fleet, machine == null ? "" : machine);
    List<Problem> problems = new ArrayList<>(loaded.warnings());
    problems.addAll(new Preflight(context).problems(fleet, here, running));
    if (problems.stream().anyMatch(p -> p.severity() == Problem.Severity.ERROR)) {
      throw CommandFailure.of(problems);
    }
    if (!problems.isEmpty() && !context.options().json()) {
      new ProblemReport(context).words(problems);
      context.screen().err().println();
    }
  }

  private ManifestRequest request(Manifests.Loaded loaded) {
    return new ManifestRequest(
        loaded.file().map(Path::toString),
        loaded.file().isPresent() ? Optional.empty() : Optional.of(context.directory().toString()),
        context.options().portSet(),
        context.options().portOffset(),
        Optional.ofNullable(machine),
        Optional.empty());
  }

  private NodeClient start(Fleets fleets, Path state, ManifestRequest request) {
    return new NodeStart(state, fleets.json(), context.environment())
        .start(JvmCommand.of(System.getProperties()).node(ManifestArguments.of(request)));
  }
}
