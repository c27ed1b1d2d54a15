package dev.flotilla.cli.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.assistant.models.catalogue.Sizes;
import dev.flotilla.assistant.models.memory.Estimate;
import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.cli.screen.Screen;
import dev.flotilla.cli.screen.Style;
import dev.flotilla.cli.screen.Table;
import dev.flotilla.cli.screen.Table.Cell;
import dev.flotilla.cli.screen.Table.Column;
import dev.flotilla.model.Bytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flotilla models estimate}. */
@Command(
    name = "estimate",
    description = "Say how much memory a model would take, with the arithmetic.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla models estimate llama3-8b.gguf --context 8192")
final class EstimateCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(
      index = "0",
      paramLabel = "FILE|MODEL",
      description = "A GGUF or ONNX file, or a model of the manifest.")
  private String what = "";

  @Option(
      names = "--context",
      paramLabel = "TOKENS",
      description = "For so many tokens; what the file says, at most 4096, when left out.")
  private long tokens = 0;

  EstimateCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (tokens < 0) {
      throw CommandFailure.usage(
          "--context " + tokens, "a number of tokens from 1", "Such as --context 8192.");
    }
    Path file = context.directory().resolve(what).normalize();
    boolean isFile = Files.isRegularFile(file) || what.endsWith(".gguf") || what.endsWith(".onnx");
    Map<String, Object> request = new LinkedHashMap<>();
    request.put(isFile ? "file" : "model", isFile ? file.toString() : what);
    if (tokens > 0) {
      request.put("context", tokens);
    }
    PoolClient pool = new PoolClient(context);
    if (!isFile) {
      show(pool.ask("estimate", request));
      return ExitCode.OK;
    }
    Estimate alone = alone(file);
    Optional<JsonNode> onCards = pool.askIfUp("estimate", request);
    if (onCards.isPresent()) {
      show(onCards.get());
    } else if (context.options().json()) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("what", String.valueOf(file.getFileName()));
      answer.put("parts", alone);
      answer.put("total", alone.total());
      answer.put("arithmetic", alone.arithmetic());
      context.printJson(answer);
    } else {
      context.screen().line(file.getFileName() + ": " + alone.arithmetic());
    }
    return ExitCode.OK;
  }

  private Estimate alone(Path file) {
    try {
      return new Sizes().of(file, Optional.of(tokens).filter(given -> given > 0), true);
    } catch (Sizes.Unknown e) {
      throw CommandFailure.of(
          String.valueOf(e.getMessage()), "a GGUF or ONNX file", "Name another file.");
    }
  }

  private void show(JsonNode answer) {
    if (context.options().json()) {
      context.printJson(answer);
      return;
    }
    Screen screen = context.screen();
    Table table =
        new Table(
            Column.left("VARIANT").worth(1),
            Column.left("CARD"),
            Column.right("TAKES"),
            Column.right("ROOM"),
            Column.left(""),
            Column.left("ARITHMETIC"));
    for (JsonNode each : answer.path("estimates")) {
      boolean now = each.path("fitsNow").asBoolean();
      boolean ever = each.path("fits").asBoolean();
      table.row(
          Cell.of(each.path("variant").asText()),
          Cell.of(each.path("card").asText()),
          Cell.of(new Bytes(each.path("total").asLong()).toString()),
          Cell.of(new Bytes(each.path("room").asLong()).toString()),
          now
              ? new Cell("fits", Style.GREEN)
              : ever
                  ? new Cell("fits once room is made", Style.YELLOW)
                  : new Cell("does not fit", Style.RED),
          new Cell(each.path("arithmetic").asText(), Style.DIM));
    }
    if (!table.isEmpty()) {
      screen.table(table);
    }
    List<String> troubles = answer.path("troubles").valueStream().map(JsonNode::asText).toList();
    screen.lines(troubles);
    if (table.isEmpty() && troubles.isEmpty()) {
      screen.line(answer.path("what").asText() + " may not be loaded on any card of this fleet.");
    }
  }
}
