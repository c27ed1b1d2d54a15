package dev.flotilla.cli.command;

import dev.flotilla.cli.context.Context;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code flotilla flag}: only its subcommands do something. */
@Command(
    name = "flag",
    synopsisSubcommandLabel = "COMMAND",
    description = "See and change feature flags while the fleet runs.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  flotilla flag set use_unified_memory 10%%",
      "  flotilla flag history use_unified_memory"
    })
final class FlagCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), RootCommand.NO_COMMAND);
  }

  /** The subcommands, each a command of its own. */
  static Object[] parts(Context context) {
    return new Object[] {
      new FlagListCommand(context),
      new FlagGetCommand(context),
      new FlagSetCommand(context),
      new FlagHistoryCommand(context)
    };
  }
}
