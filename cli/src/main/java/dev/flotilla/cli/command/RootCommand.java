package dev.flotilla.cli.command;

import dev.flotilla.cli.context.CommandGroup;
import dev.flotilla.model.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** {@code flotilla} without a command: shows what there is. */
@Command(
    name = "flotilla",
    mixinStandardHelpOptions = true,
    versionProvider = RootCommand.VersionText.class,
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "",
    description = "Runs a fleet of AI agents on the machines you own.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  flotilla up                        start the built-in fleet, or ./fleet.yaml",
      "  flotilla status --watch            see how it is",
      "  flotilla check -f fleet.yaml       find what is wrong before anything starts",
      "",
      "Exit codes: 0 done, 1 not achieved, 2 the command line was not understood."
    })
final class RootCommand extends CommandGroup {
  /** What {@code --version} prints. */
  static final class VersionText implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"flotilla " + Version.CURRENT};
    }
  }
}
