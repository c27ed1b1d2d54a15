package dev.flotilla.cli.command;

import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.cli.context.Manifests;
import dev.flotilla.cli.context.OutputFile;
import dev.flotilla.model.graph.PortTable;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code flotilla ports}. */
@Command(
    name = "ports",
    description = "Show every port of the fleet with its owner and purpose, machine by machine.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla ports --format yaml -o ports.yaml")
final class PortsCommand implements Callable<Integer> {
  /** How the table is written. */
  enum Format {
    TEXT,
    YAML
  }

  private final Context context;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or yaml; text when left out.")
  private Format format = Format.TEXT;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write it to FILE.")
  private @Nullable Path output;

  PortsCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    PortTable table = PortTable.of(Manifests.load(context).fleet());
    if (context.options().json()) {
      context.printJson(table);
      return ExitCode.OK;
    }
    String text =
        switch (format) {
          case TEXT -> table.text();
          case YAML -> table.yaml();
        };
    Optional<Path> file = Optional.ofNullable(output);
    if (file.isPresent()) {
      new OutputFile(context, file.get()).write(text);
    } else {
      context.screen().line(text.stripTrailing());
    }
    return ExitCode.OK;
  }
}
