package dev.flotilla.cli.scan;

import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.cli.context.OutputFile;
import dev.flotilla.scan.ScanResult;
import dev.flotilla.scan.inventory.Diagram;
import dev.flotilla.scan.inventory.SocketPicture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code flotilla scan diagram}. */
@Command(
    description =
        "Draw the agents and their dependencies, or their sockets; the critical path in red.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  flotilla scan diagram -o docs/fleet.svg",
      "  flotilla scan diagram --of sockets --as mermaid",
      "  flotilla scan diagram --validate docs/fleet.svg"
    })
final class ScanDiagramCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private final ScanTarget target = new ScanTarget();

  @Option(
      names = "--of",
      paramLabel = "WHAT",
      description = "agents or sockets; without it agents.")
  private String what = "agents";

  @Option(
      names = "--as",
      paramLabel = "KIND",
      description = "svg, mermaid or html; without it what the file's ending says, else svg.")
  private @Nullable String kind;

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
    String as = one("--as", kind == null ? ending() : kind, List.of("svg", "mermaid", "html"));
    String of = one("--of", what, List.of("agents", "sockets"));
    String picture = picture(target.scan(context), of, as);
    if (validate != null) {
      return validated(context.directory().resolve(validate), picture);
    }
    if (output != null) {
      new OutputFile(context, output).write(picture);
    } else {
      context.plainScreen().out().print(picture);
    }
    return ExitCode.OK;
  }

  private int validated(Path file, String picture) {
    try {
      boolean there = Files.exists(file);
      boolean current = there && Files.readString(file).equals(picture);
      context
          .screen()
          .line(
              validate
                  + (current ? " is up to date." : there ? " is out of date." : " is not there.")
                  + (current ? "" : " Make it: flotilla scan diagram -o " + validate));
      return current ? ExitCode.OK : ExitCode.FAILED;
    } catch (IOException e) {
      throw CommandFailure.usage(
          validate + " cannot be read", "a picture", "Check its rights, or make it anew with -o");
    }
  }

  private String ending() {
    Path file = validate == null ? output : validate;
    String name = file == null ? "" : file.toString();
    return name.endsWith(".html")
        ? "html"
        : name.matches(".*\\.(?:mmd|mermaid)") ? "mermaid" : "svg";
  }

  private static String one(String option, String word, List<String> known) {
    return Chosen.of(
            option,
            List.of(word),
            known,
            w -> known.stream().filter(k -> k.equalsIgnoreCase(w)).findFirst())
        .getFirst();
  }

  private static String picture(ScanResult result, String of, String as) {
    boolean sockets = of.equals("sockets");
    if (as.equals("mermaid")) {
      return sockets ? SocketPicture.mermaid(result) : Diagram.mermaid(result.repository());
    }
    String svg = sockets ? SocketPicture.svg(result) : Diagram.svg(result.repository());
    return as.equals("svg")
        ? svg
        : "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>Fleet</title>\n"
            + "<body style=\"margin:0;background:#fff\">\n"
            + svg
            + "</body></html>\n";
  }
}
