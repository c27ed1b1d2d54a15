package dev.flotilla.cli.cache;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.cli.screen.Style;
import dev.flotilla.cli.screen.Table;
import dev.flotilla.cli.screen.Table.Cell;
import dev.flotilla.cli.screen.Table.Column;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code flotilla cache}. */
@Command(
    name = "cache",
    description = "Show how the caches that CacheManager keeps fare, since it began.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  flotilla cache",
      "  flotilla cache get prompts a",
      "  flotilla cache invalidate prompts --tag model:llama"
    })
public final class CacheCommand implements Callable<Integer> {
  private static final List<String> NUMBERS =
      List.of("entries", "hits", "sharedHits", "misses", "joined", "evicted", "invalidated");

  private final Context context;

  public CacheCommand(Context context) {
    this.context = context;
  }

  /** Its subcommands. */
  public static List<Object> parts(Context context) {
    return List.of(
        new CacheGetCommand(context),
        new CachePutCommand(context),
        new CacheInvalidateCommand(context));
  }

  @Override
  public Integer call() {
    JsonNode statistics = new CacheClient(context).ask("statistics", Map.of());
    if (context.options().json()) {
      context.printJson(statistics);
      return ExitCode.OK;
    }
    Table table =
        new Table(
            Column.left("CACHE"),
            Column.right("ENTRIES"),
            Column.right("HITS"),
            Column.right("IN REDIS"),
            Column.right("MISSES"),
            Column.right("WAITED"),
            Column.right("EVICTED"),
            Column.right("ENDED"));
    for (JsonNode cache : statistics.path("caches")) {
      Cell[] cells = new Cell[NUMBERS.size() + 1];
      cells[0] = new Cell(cache.path("cache").asText(), Style.BOLD);
      for (int i = 0; i < NUMBERS.size(); i++) {
        cells[i + 1] =
            Cell.of(String.format(Locale.ROOT, "%,d", cache.path(NUMBERS.get(i)).asLong()));
      }
      table.row(cells);
    }
    context.screen().table(table);
    if (statistics.hasNonNull("trouble")) {
      context.screen().line(statistics.path("trouble").asText());
    }
    return ExitCode.OK;
  }
}
