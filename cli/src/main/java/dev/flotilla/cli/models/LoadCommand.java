package dev.flotilla.cli.models;

import dev.flotilla.cli.context.Context;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code flotilla models load}. */
@Command(
    name = "load",
    description = "Load a model now, before anybody uses it.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla models load llama3-8b")
final class LoadCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(index = "0", paramLabel = "MODEL", description = "Its name in the manifest.")
  private String model = "";

  LoadCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    return OneModel.change(context, "load", Map.of("model", model));
  }
}
