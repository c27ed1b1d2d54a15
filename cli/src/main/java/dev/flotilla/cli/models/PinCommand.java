package dev.flotilla.cli.models;

import dev.flotilla.cli.context.Context;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code flotilla models pin}. */
@Command(
    name = "pin",
    description = "Keep a model loaded, whatever else is wanted.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla models pin llama3-8b")
final class PinCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(index = "0", paramLabel = "MODEL", description = "Its name in the manifest.")
  private String model = "";

  PinCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    return OneModel.change(context, "pin", Map.of("model", model, "pinned", true));
  }
}
