package dev.flotilla.cli.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.cli.screen.Table;
import dev.flotilla.cli.screen.Table.Cell;
import dev.flotilla.cli.screen.Table.Column;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** {@code flotilla jobs counts}. */
@Command(
    name = "counts",
    description = "Show how many jobs of each kind are in which state.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla jobs counts")
final class JobsCountsCommand implements Callable<Integer> {
  private static final List<String> STATES =
      List.of("blocked", "queued", "running", "done", "dead", "cancelled");

  private final Context context;

  JobsCountsCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    JsonNode counts = new JobsClient(context).call("counts", Map.of());
    JsonNode kinds = counts.path("kinds");
    if (context.options().json()) {
      context.printJson(counts);
    } else if (kinds.isEmpty()) {
      context.screen().line("There are no jobs.");
    } else {
      Stream<Column> columns =
          STATES.stream().map(state -> Column.right(state.toUpperCase(Locale.ROOT)));
      Table table =
          new Table(Stream.concat(Stream.of(Column.left("KIND")), columns).toArray(Column[]::new));
      kinds
          .properties()
          .forEach(
              kind -> {
                Stream<Cell> cells =
                    STATES.stream()
                        .map(
                            state ->
                                String.format(
                                    Locale.ROOT, "%,d", kind.getValue().path(state).asLong()))
                        .map(Cell::of);
                table.row(
                    Stream.concat(Stream.of(Cell.of(kind.getKey())), cells).toArray(Cell[]::new));
              });
      context.screen().table(table);
    }
    return ExitCode.OK;
  }
}
