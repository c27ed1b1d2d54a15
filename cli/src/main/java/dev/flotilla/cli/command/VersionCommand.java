package dev.flotilla.cli.command;

import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.model.Version;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code flotilla version}. */
@Command(
    name = "version",
    description = "Say which Flotilla this is, and on which JDK it runs.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla version --json")
final class VersionCommand implements Callable<Integer> {
  private final Context context;

  VersionCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (context.options().json()) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("version", Version.CURRENT);
      answer.put("java", Runtime.version().toString());
      answer.put("javaHome", System.getProperty("java.home"));
      context.printJson(answer);
    } else {
      context
          .screen()
          .line(
              "flotilla "
                  + Version.CURRENT
                  + " on Java "
                  + Runtime.version()
                  + " ("
                  + System.getProperty("java.home")
                  + ")");
    }
    return ExitCode.OK;
  }
}
