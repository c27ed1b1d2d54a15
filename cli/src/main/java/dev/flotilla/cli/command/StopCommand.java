package dev.flotilla.cli.command;

import dev.flotilla.cli.context.Context;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code flotilla stop}. */
@Command(
    name = "stop",
    description = "Stop agents; what needs them goes on, degraded.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla stop Translator")
final class StopCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(arity = "1..*", paramLabel = "AGENT", description = "Its name, or name@machine.")
  private List<String> agents = List.of();

  StopCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    return new AgentAction(context).perform("stop", agents);
  }
}
