package dev.flotilla.cli.models;

import dev.flotilla.cli.context.Context;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code flotilla models unload}. */
@Command(
    name = "unload",
    description = "Take a model away that nobody uses.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla models unload llama3-8b")
final class UnloadCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(index = "0", paramLabel = "MODEL", description = "Its name in the manifest.")
  private String model = "";

  UnloadCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    return OneModel.change(context, "unload", Map.of("model", model));
  }
}
