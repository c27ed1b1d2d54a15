package dev.flotilla.cli.command;

import dev.flotilla.cli.client.StateFolders;
import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.cli.wiring.JvmCommand;
import dev.flotilla.cli.wiring.ManifestArguments;
import dev.flotilla.cli.wiring.NodeProcess;
import dev.flotilla.model.Version;
import dev.flotilla.node.state.NodeException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code flotilla node}: what {@code up} starts in the background. */
@Command(name = "node", hidden = true, description = "Run the node of a fleet in the foreground.")
final class NodeCommand implements Callable<Integer> {
  /** Another node runs the fleet already. */
  static final int ALREADY_RUNS = 75;

  private final Context context;

  @Mixin private ManifestArguments manifest = new ManifestArguments();

  NodeCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    NodeProcess node =
        new NodeProcess(
            StateFolders.of(context.environment()).root(),
            context.environment(),
            JvmCommand.of(System.getProperties()),
            Version.CURRENT,
            Commands::run);
    try {
      return node.run(manifest.request()) ? ExitCode.OK : ALREADY_RUNS;
    } catch (NodeException e) {
      throw CommandFailure.of(e.problems());
    }
  }
}
