package dev.flotilla.cli.command;

import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.cli.context.Manifests;
import dev.flotilla.model.graph.PortTable;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
    YAML;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Context context;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or yaml; text when left out.")
  private Format format = Format.TEXT;

  @Mixin private final Written written = new Written();

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
    written.write(
        context,
        switch (format) {
          case TEXT -> table.text();
          case YAML -> table.yaml();
        });
    return ExitCode.OK;
  }
}
