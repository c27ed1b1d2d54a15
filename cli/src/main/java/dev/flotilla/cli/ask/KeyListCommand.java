package dev.flotilla.cli.ask;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.screen.Screen;
import dev.flotilla.cli.screen.Table;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code flotilla key list}. */
@Command(
    name = "list",
    description = "Show every key with what it has used.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla key list")
final class KeyListCommand extends KeyAction {

  KeyListCommand(Context context) {
    super(context);
  }

  @Override
  JsonNode ask(DoorClient door) {
    return door.get("/keys");
  }

  @Override
  void show(JsonNode keys, Screen screen) {
    if (keys.path("keys").isEmpty()) {
      screen.line("There are no keys. Make one: flotilla key create NAME");
      return;
    }
    Table table =
        new Table(
            Table.Column.left("KEY"),
            Table.Column.right("TOKENS TODAY"),
            Table.Column.right("IN ALL"),
            Table.Column.right("MONEY TODAY"),
            Table.Column.right("IN ALL"),
            Table.Column.left("MAY ASK"));
    for (JsonNode key : keys.path("keys")) {
      JsonNode used = key.path("used");
      table.row(
          key.path("name").asText(),
          used.path("tokensToday").asText() + limit(key, "tokensADay"),
          used.path("tokens").asText() + limit(key, "tokens"),
          money(used.path("moneyToday")) + limit(key, "moneyADay"),
          money(used.path("money")) + limit(key, "money"),
          may(key));
    }
    screen.table(table);
  }

  private static String money(JsonNode amount) {
    return "%.4f".formatted(amount.asDouble());
  }

  private static String limit(JsonNode key, String name) {
    JsonNode most = key.path("allowance").path(name);
    return most.isMissingNode() ? "" : " of " + most.asText();
  }

  private static String may(JsonNode key) {
    List<String> parts = new ArrayList<>();
    for (String field : List.of("operations", "models")) {
      key.path(field).forEach(each -> parts.add(each.asText()));
    }
    return parts.isEmpty() ? "everything" : String.join(", ", parts);
  }
}
