package dev.flotilla.cli.ask;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.screen.Screen;
import dev.flotilla.cli.screen.Style;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code flotilla key revoke}. */
@Command(
    name = "revoke",
    description = "Take a key back; requests with it are refused from now on.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla key revoke app")
final class KeyRevokeCommand extends KeyAction {
  @Parameters(index = "0", paramLabel = "NAME", description = "Its name.")
  private String name = "";

  KeyRevokeCommand(Context context) {
    super(context);
  }

  @Override
  JsonNode ask(DoorClient door) {
    return door.send("DELETE", "/keys/" + name, nothing());
  }

  @Override
  void show(JsonNode answer, Screen screen) {
    screen.line(screen.paint(Style.BOLD, name) + " is revoked.");
  }
}
