package dev.flotilla.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.client.Fleets;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flotilla flag set}. */
@Command(
    name = "set",
    description = "Change a flag: on, off, a share such as 10%%, a variant, or variant=10%%.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla flag set use_unified_memory 10%%")
final class FlagSetCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(index = "0", paramLabel = "FLAG", description = "Its name.")
  private String name = "";

  @Parameters(index = "1", paramLabel = "TO", description = "What it is to be.")
  private String to = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "Kept in its history.")
  private String reason = "";

  FlagSetCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Map<String, String> change = new LinkedHashMap<>();
    change.put("flag", name);
    change.put("to", to);
    change.put("who", context.environment().getOrDefault("USER", "command line"));
    change.put("reason", reason);
    JsonNode answer = new Fleets(context).require().flags("set", change);
    if (context.options().json()) {
      context.printJson(answer);
    } else {
      context
          .screen()
          .line(name + ": " + answer.path("from").asText() + " → " + answer.path("to").asText());
    }
    return ExitCode.OK;
  }
}
