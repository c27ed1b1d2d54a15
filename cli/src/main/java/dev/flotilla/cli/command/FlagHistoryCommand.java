package dev.flotilla.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.client.Fleets;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.cli.screen.Table;
import dev.flotilla.cli.screen.Table.Column;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code flotilla flag history}. */
@Command(
    name = "history",
    description = "Show when a flag was changed, by whom and why.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla flag history use_unified_memory")
final class FlagHistoryCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(index = "0", paramLabel = "FLAG", description = "Its name.")
  private String name = "";

  FlagHistoryCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    JsonNode answer = new Fleets(context).require().flags("history", Map.of("flag", name));
    if (context.options().json()) {
      context.printJson(answer);
      return ExitCode.OK;
    }
    Table table =
        new Table(
            Column.left("WHEN"),
            Column.left("WHO"),
            Column.left("FROM"),
            Column.left("TO"),
            Column.left("REASON"));
    for (JsonNode change : answer.path("changes")) {
      table.row(
          change.path("when").asText(),
          change.path("who").asText(),
          change.path("from").asText(),
          change.path("to").asText(),
          change.path("reason").asText());
    }
    if (table.isEmpty()) {
      context.screen().line(name + " was never changed; it is as the manifest has it.");
    } else {
      context.screen().table(table);
    }
    return ExitCode.OK;
  }
}
