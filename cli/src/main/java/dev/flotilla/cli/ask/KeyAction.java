package dev.flotilla.cli.ask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.flotilla.cli.client.Fleets;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.cli.screen.Screen;
import java.util.concurrent.Callable;

/** Asks the door something about keys and shows its answer. */
abstract class KeyAction implements Callable<Integer> {
  private final Context context;

  KeyAction(Context context) {
    this.context = context;
  }

  /** What the door answers. */
  abstract JsonNode ask(DoorClient door);

  /** Shows it to a person. */
  abstract void show(JsonNode answer, Screen screen);

  @Override
  public final Integer call() {
    JsonNode answer = ask(DoorClient.of(new Fleets(context)));
    if (context.options().json()) {
      context.printJson(answer);
    } else {
      show(answer, context.screen());
    }
    return ExitCode.OK;
  }

  static JsonNode nothing() {
    return MissingNode.getInstance();
  }

  static void secret(JsonNode made, Screen screen) {
    screen.line(made.path("secret").asText());
    screen
        .err()
        .println("This is the only time it is shown; the door keeps no more than its hash.");
  }
}
