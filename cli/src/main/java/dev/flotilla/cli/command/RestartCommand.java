package dev.flotilla.cli.command;

import dev.flotilla.cli.context.Context;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code flotilla restart}. */
@Command(
    name = "restart",
    description = "Stop agents and start them again.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla restart Translator Emotion")
final class RestartCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(arity = "1..*", paramLabel = "AGENT", description = "Its name, or name@machine.")
  private List<String> agents = List.of();

  RestartCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    return new AgentAction(context).perform("restart", agents);
  }
}
