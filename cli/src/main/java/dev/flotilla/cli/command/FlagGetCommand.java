package dev.flotilla.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.client.Fleets;
import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.model.shape.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code flotilla flag get}. */
@Command(
    name = "get",
    description = "Show one flag as it stands.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla flag get use_unified_memory")
final class FlagGetCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(index = "0", paramLabel = "FLAG", description = "Its name.")
  private String name = "";

  FlagGetCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    JsonNode flags = new Fleets(context).require().flags("list", Map.of()).path("flags");
    List<String> known = new ArrayList<>();
    for (JsonNode flag : flags) {
      String each = flag.path("flag").path("name").asText();
      if (each.equals(name)) {
        show(flag);
        return ExitCode.OK;
      }
      known.add(each);
    }
    throw CommandFailure.usage(
        "the flag \"" + name + "\"",
        "a flag of the manifest",
        Nearest.to(name, known)
            .map(near -> "Did you mean " + near + "?")
            .orElse("See them all: flotilla flag list"));
  }

  private void show(JsonNode flag) {
    if (context.options().json()) {
      context.printJson(flag);
    } else {
      context.screen().line(flag.path("setting").asText());
    }
  }
}
