package dev.flotilla.cli.command;

import dev.flotilla.cli.context.Context;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code flotilla start}. */
@Command(
    name = "start",
    description = "Start agents, and what they need first.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla start Translator")
final class StartCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(arity = "1..*", paramLabel = "AGENT", description = "Its name, or name@machine.")
  private List<String> agents = List.of();

  StartCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    return new AgentAction(context).perform("start", agents);
  }
}
