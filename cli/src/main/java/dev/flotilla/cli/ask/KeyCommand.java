package dev.flotilla.cli.ask;

import dev.flotilla.cli.context.CommandGroup;
import dev.flotilla.cli.context.Context;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code flotilla key}. */
@Command(
    name = "key",
    synopsisSubcommandLabel = "COMMAND",
    description = "Keys for programs that use the door: what each may ask, and how much of it.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla key create app --tokens-a-day 200000 --models local_model")
public final class KeyCommand extends CommandGroup {

  /** Its commands. */
  public static List<Object> parts(Context context) {
    return List.of(
        new KeyCreateCommand(context),
        new KeyListCommand(context),
        new KeyRotateCommand(context),
        new KeyRevokeCommand(context));
  }
}
