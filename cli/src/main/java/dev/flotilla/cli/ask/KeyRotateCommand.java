package dev.flotilla.cli.ask;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.screen.Screen;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code flotilla key rotate}. */
@Command(
    name = "rotate",
    description =
        "Give a key another secret and show it, once; the old one is refused from now on.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla key rotate app")
final class KeyRotateCommand extends KeyAction {
  @Parameters(index = "0", paramLabel = "NAME", description = "Its name.")
  private String name = "";

  KeyRotateCommand(Context context) {
    super(context);
  }

  @Override
  JsonNode ask(DoorClient door) {
    return door.send("POST", "/keys/" + name + "/rotate", nothing());
  }

  @Override
  void show(JsonNode answer, Screen screen) {
    secret(answer, screen);
  }
}
