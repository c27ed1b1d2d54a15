package dev.flotilla.cli.command;

import dev.flotilla.cli.context.CommandGroup;
import dev.flotilla.cli.context.Context;
import java.util.List;
import picocli.CommandLine.Command;

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
final class FlagCommand extends CommandGroup {
  /** The subcommands, each a command of its own. */
  static List<Object> parts(Context context) {
    return List.of(
        new FlagListCommand(context),
        new FlagGetCommand(context),
        new FlagSetCommand(context),
        new FlagHistoryCommand(context));
  }
}
