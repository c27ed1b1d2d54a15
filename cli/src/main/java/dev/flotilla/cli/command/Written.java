package dev.flotilla.cli.command;

import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.OutputFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code -o}: where a text goes that a command writes. */
final class Written {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write it to FILE.")
  private @Nullable Path output;

  /** To the file that was named, else to standard output. */
  void write(Context context, String text) {
    if (output != null) {
      new OutputFile(context, output).write(text);
    } else {
      context.screen().line(text.stripTrailing());
    }
  }
}
