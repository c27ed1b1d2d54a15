package dev.flotilla.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.client.Fleets;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code flotilla flag list}. */
@Command(
    name = "list",
    description = "Show every flag as it stands.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla flag list")
final class FlagListCommand implements Callable<Integer> {
  private final Context context;

  FlagListCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    JsonNode flags = new Fleets(context).require().flags("list", Map.of());
    if (context.options().json()) {
      context.printJson(flags);
    } else if (flags.path("flags").isEmpty()) {
      context.screen().line("The manifest has no flags.");
    } else {
      context.screen().table(FlagTable.of(flags.path("flags")));
    }
    return ExitCode.OK;
  }
}
