package dev.flotilla.cli.ask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.cli.client.Fleets;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.cli.screen.Screen;
import dev.flotilla.cli.screen.Style;
import dev.flotilla.cli.screen.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code flotilla key}. */
@Command(
    name = "key",
    description = "Keys for programs that use the door: what each may ask, and how much of it.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla key create app --tokens-a-day 200000 --models local_model")
public final class KeyCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command");
  }

  /** Its commands. */
  public static List<Object> parts(Context context) {
    return List.of(new Create(context), new Show(context), new Revoke(context));
  }

  @Command(
      name = "create",
      description = "Make a key and show its secret, once.",
      footerHeading = "%nExample:%n",
      footer = "  flotilla key create app --money-a-day 2.50 --requests-a-minute 60")
  static final class Create implements Callable<Integer> {
    private final Context context;

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

    Create(Context context) {
      this.context = context;
    }

    @Override
    public Integer call() {
      Fleets fleets = new Fleets(context);
      ObjectNode wanted = fleets.json().createObjectNode().put("name", name);
      texts(wanted.putArray("operations"), operations);
      texts(wanted.putArray("models"), models);
      put(wanted, "tokens", tokens);
      put(wanted, "tokensADay", tokensADay);
      put(wanted, "money", money);
      put(wanted, "moneyADay", moneyADay);
      put(wanted, "requestsAMinute", requestsAMinute);
      put(wanted, "tokensAMinute", tokensAMinute);
      JsonNode made = DoorClient.of(fleets).send("POST", "/keys", wanted);
      if (context.options().json()) {
        context.printJson(made);
        return ExitCode.OK;
      }
      Screen screen = context.screen();
      screen.line(made.path("secret").asText());
      screen
          .err()
          .println("This is the only time it is shown; the door keeps no more than its hash.");
      return ExitCode.OK;
    }

    private static void texts(ArrayNode array, List<String> values) {
      values.forEach(array::add);
    }

    private static void put(ObjectNode wanted, String field, @Nullable Object value) {
      if (value != null) {
        wanted.putPOJO(field, value);
      }
    }
  }

  @Command(
      name = "list",
      description = "Show every key with what it has used.",
      footerHeading = "%nExample:%n",
      footer = "  flotilla key list")
  static final class Show implements Callable<Integer> {
    private final Context context;

    Show(Context context) {
      this.context = context;
    }

    @Override
    public Integer call() {
      JsonNode keys = DoorClient.of(new Fleets(context)).get("/keys");
      if (context.options().json()) {
        context.printJson(keys);
        return ExitCode.OK;
      }
      if (keys.path("keys").isEmpty()) {
        context.screen().line("There are no keys. Make one: flotilla key create NAME");
        return ExitCode.OK;
      }
      Table table =
          new Table(
              Table.Column.left("KEY"),
              Table.Column.right("TODAY"),
              Table.Column.right("IN ALL"),
              Table.Column.right("MONEY"),
              Table.Column.left("MAY ASK"));
      for (JsonNode key : keys.path("keys")) {
        JsonNode used = key.path("used");
        table.row(
            key.path("name").asText(),
            used.path("tokensToday").asText() + limit(key, "tokensADay"),
            used.path("tokens").asText() + limit(key, "tokens"),
            "%.4f%s".formatted(used.path("money").asDouble(), limit(key, "money")),
            may(key));
      }
      context.screen().table(table);
      return ExitCode.OK;
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
      return parts.isEmpty() ? "everything" : parts.stream().collect(Collectors.joining(", "));
    }
  }

  @Command(
      name = "revoke",
      description = "Take a key back; requests with it are refused from now on.",
      footerHeading = "%nExample:%n",
      footer = "  flotilla key revoke app")
  static final class Revoke implements Callable<Integer> {
    private final Context context;

    @Parameters(index = "0", paramLabel = "NAME", description = "Its name.")
    private String name = "";

    Revoke(Context context) {
      this.context = context;
    }

    @Override
    public Integer call() {
      JsonNode gone =
          DoorClient.of(new Fleets(context))
              .send(
                  "DELETE",
                  "/keys/" + name,
                  com.fasterxml.jackson.databind.node.MissingNode.getInstance());
      if (context.options().json()) {
        context.printJson(gone);
      } else {
        context.screen().line(context.screen().paint(Style.BOLD, name) + " is revoked.");
      }
      return ExitCode.OK;
    }
  }
}
