package dev.flotilla.cli.scan;

import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.scan.ScanResult;
import dev.flotilla.scan.inventory.Diagram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code flotilla scan diagram}. */
@Command(
    description = "Draw the agents, their machines and dependencies, the critical path in red.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  flotilla scan diagram --as svg -o docs/fleet.svg",
      "  flotilla scan diagram --as svg --validate docs/fleet.svg"
    })
final class ScanDiagramCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private final ScanTarget target = new ScanTarget();

  /** The kinds of picture. */
  enum Kind {
    SVG,
    MERMAID,
    HTML
  }

  @Option(names = "--as", paramLabel = "KIND", description = "svg, mermaid or html.")
  private Kind kind = Kind.SVG;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where to write it.")
  private @Nullable Path output;

  @Option(
      names = "--validate",
      paramLabel = "FILE",
      description = "Write nothing; exit with 1 when this file is out of date.")
  private @Nullable Path validate;

  ScanDiagramCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    String picture = picture(target.scan(context));
    try {
      if (validate != null) {
        Path file = context.directory().resolve(validate);
        boolean current = Files.exists(file) && Files.readString(file).equals(picture);
        context.screen().line(file + (current ? " is up to date." : " is out of date."));
        return current ? ExitCode.OK : ExitCode.FAILED;
      }
      if (output != null) {
        Files.writeString(context.directory().resolve(output), picture);
      } else {
        context.plainScreen().out().print(picture);
      }
      return ExitCode.OK;
    } catch (IOException e) {
      throw CommandFailure.usage(
          "the picture cannot be written: " + e.getMessage(),
          "a file that can be written",
          "Name another with -o");
    }
  }

  private String picture(ScanResult result) {
    return switch (kind) {
      case SVG -> Diagram.svg(result.repository());
      case MERMAID -> Diagram.mermaid(result.repository());
      case HTML ->
          "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>Fleet</title>\n"
              + "<body style=\"margin:0;background:#fff\">\n"
              + Diagram.svg(result.repository())
              + "</body></html>\n";
    };
  }
}
