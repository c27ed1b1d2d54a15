package dev.flotilla.cli.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.cli.screen.Screen;
import dev.flotilla.cli.screen.Style;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code flotilla models}. */
@Command(
    name = "models",
    description = "Show the cards, the models on them and those that could be.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  flotilla models",
      "  flotilla models estimate llama3-8b.gguf --context 8192",
      "  flotilla models load whisper"
    })
public final class ModelsCommand implements Callable<Integer> {
  private final Context context;

  public ModelsCommand(Context context) {
    this.context = context;
  }

  /** Its subcommands. */
  public static Object[] parts(Context context) {
    return new Object[] {
      new EstimateCommand(context),
      new LoadCommand(context),
      new UnloadCommand(context),
      new PinCommand(context),
      new UnpinCommand(context),
      new SampleCommand(context)
    };
  }

  @Override
  public Integer call() {
    PoolClient pool = new PoolClient(context);
    JsonNode models = pool.ask("models", Map.of());
    JsonNode cards = pool.ask("cards", Map.of());
    if (context.options().json()) {
      ObjectNode all = cards.deepCopy();
      all.setAll((ObjectNode) models);
      context.printJson(all);
      return ExitCode.OK;
    }
    Screen screen = context.screen();
    screen.lines(CardBars.of(cards.path("cards"), screen));
    for (JsonNode driver : cards.path("drivers")) {
      if (!driver.path("driver").asText().startsWith("NVML ")) {
        screen.line(
            screen.paint(
                Style.DIM,
                driver.path("machine").asText() + ": " + driver.path("driver").asText()));
      }
    }
    screen.line("");
    if (models.path("models").isEmpty()) {
      screen.line("The manifest has no models.");
    } else {
      screen.table(ModelTable.of(models.path("models")));
    }
    foresight(models.path("foresight")).ifPresent(screen::line);
    return ExitCode.OK;
  }

  /** How well models were loaded ahead; empty while none was. */
  static Optional<String> foresight(JsonNode foresight) {
    long loaded = foresight.path("loaded").asLong();
    return loaded == 0
        ? Optional.empty()
        : Optional.of(
            "%nLoaded ahead: %d, of which %d %% were used (%d) and %d left unused."
                .formatted(
                    loaded,
                    100 * foresight.path("used").asLong() / loaded,
                    foresight.path("used").asLong(),
                    foresight.path("wasted").asLong()));
  }
}
