package dev.flotilla.cli;

import dev.flotilla.cli.command.Commands;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.GlobalOptions;
import dev.flotilla.cli.screen.Screen;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * One run of a command inside this JVM, without a terminal.
 *
 * @param code the exit code
 * @param out everything on standard output
 * @param err everything on the error output
 */
public record Run(int code, String out, String err) {

  public static Run in(Path directory, String... arguments) {
    return in(directory, Map.of("FLOTILLA_HOME", directory.resolve("state").toString()), arguments);
  }

  public static Run in(Path directory, Map<String, String> environment, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Screen screen =
        Screen.plain(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    int code =
        Commands.run(new Context(new GlobalOptions(), screen, environment, directory), arguments);
    return new Run(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
