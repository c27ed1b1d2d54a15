package dev.flotilla.cli.command;

import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.cli.context.GlobalOptions;
import dev.flotilla.cli.plan.Usual;
import dev.flotilla.cli.screen.Screen;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code flotilla train ROLE}: does what a role usually does, for the JVM to note which classes
 * that takes. Run by the launcher alone.
 */
@Command(name = "train", hidden = true, description = "Do what ROLE does, for the AOT cache.")
final class TrainCommand implements Callable<Integer> {
  private static final List<List<String>> USUAL =
      List.of(
          List.of("--version"),
          List.of("--help"),
          List.of("up", "--help"),
          List.of("version", "--json"),
          List.of("verison"));

  private final Context context;

  @Parameters(paramLabel = "ROLE", description = "cli.")
  private String role = "cli";

  TrainCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (role.equals("cli")) {
      USUAL.forEach(this::run);
      plans();
    }
    return ExitCode.OK;
  }

  private void plans() {
    try {
      Path folder = Files.createTempDirectory("flotilla-train");
      Usual.commands(folder).forEach(this::run);
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void run(List<String> arguments) {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    Context unseen =
        new Context(
            new GlobalOptions(),
            Screen.plain(nowhere, nowhere),
            context.environment(),
            context.directory());
    Commands.run(unseen, arguments.toArray(String[]::new));
  }
}
