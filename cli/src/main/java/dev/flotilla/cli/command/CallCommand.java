package dev.flotilla.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.client.Fleets;
import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.cli.context.JsonArgument;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flotilla call}. */
@Command(
    name = "call",
    description = "Call an operation of a service and print its answer as JSON.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla call ServiceRegistry.discover '{\"name\":\"Translator\"}'")
final class CallCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(index = "0", paramLabel = "SERVICE.OPERATION", description = "What to call.")
  private String target = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "JSON",
      defaultValue = "{}",
      description = "The request; {} when left out.")
  private String request = "{}";

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "How long to wait for the answer; 10 when left out.")
  private double timeout = 10;

  CallCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    int dot = target.lastIndexOf('.');
    if (dot < 1 || dot == target.length() - 1) {
      throw CommandFailure.usage(
          "\"" + target + "\"",
          "a service and an operation with a dot between",
          "Such as: flotilla call ServiceRegistry.list");
    }
    JsonNode answer =
        new Fleets(context)
            .require()
            .call(
                target.substring(0, dot),
                target.substring(dot + 1),
                JsonArgument.read(request, "request", "{\"name\":\"x\"}"),
                Duration.ofMillis((long) (timeout * 1000)));
    context.printJson(answer);
    return ExitCode.OK;
  }
}
