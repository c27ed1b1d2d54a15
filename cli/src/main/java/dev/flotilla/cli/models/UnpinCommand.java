package dev.flotilla.cli.models;

import dev.flotilla.cli.context.Context;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code flotilla models unpin}. */
@Command(
    name = "unpin",
    description = "Let a pinned model go again when room is needed.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla models unpin llama3-8b")
final class UnpinCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(index = "0", paramLabel = "MODEL", description = "Its name in the manifest.")
  private String model = "";

  UnpinCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    return OneModel.change(context, "pin", Map.of("model", model, "pinned", false));
  }
}
