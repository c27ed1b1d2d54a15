package dev.flotilla.cli.ask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.screen.Screen;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flotilla key create}. */
@Command(
    name = "create",
    description = "Make a key and show its secret, once.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla key create app --money-a-day 2.50 --requests-a-minute 60")
final class KeyCreateCommand extends KeyAction {
  @Parameters(index = "0", paramLabel = "NAME", description = "Who or what will use it.")
  private String name = "";

  @Option(
      names = "--operations",
      split = ",",
      description = "chat, completion, embedding; all when left out.")
  private List<String> operations = List.of();

  @Option(
      names = "--models",
      split = ",",
      description = "Targets or tasks it may ask; all when left out.")
  private List<String> models = List.of();

  @Option(names = "--tokens", description = "How many tokens in all.")
  private @Nullable Long tokens;

  @Option(names = "--tokens-a-day", description = "How many tokens a day, by UTC.")
  private @Nullable Long tokensADay;

  @Option(names = "--money", description = "How much money in all, at the targets' prices.")
  private @Nullable Double money;

  @Option(names = "--money-a-day", description = "How much money a day.")
  private @Nullable Double moneyADay;

  @Option(names = "--requests-a-minute", description = "How many requests a minute.")
  private @Nullable Integer requestsAMinute;

  @Option(names = "--tokens-a-minute", description = "How many tokens a minute.")
  private @Nullable Integer tokensAMinute;

  KeyCreateCommand(Context context) {
    super(context);
  }

  @Override
  JsonNode ask(DoorClient door) {
    ObjectNode wanted = JsonNodeFactory.instance.objectNode().put("name", name);
    operations.forEach(wanted.putArray("operations")::add);
    models.forEach(wanted.putArray("models")::add);
    wanted.put("tokens", tokens).put("tokensADay", tokensADay);
    wanted.put("money", money).put("moneyADay", moneyADay);
    wanted.put("requestsAMinute", requestsAMinute).put("tokensAMinute", tokensAMinute);
    return door.send("POST", "/keys", wanted);
  }

  @Override
  void show(JsonNode answer, Screen screen) {
    secret(answer, screen);
  }
}
