package dev.flotilla.cli.plan;

import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.plan.desk.Desk;
import dev.flotilla.plan.store.PlanEntry;
import dev.flotilla.plan.view.ListingText;
import dev.flotilla.plan.view.PlanJson;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code flotilla plan list}. */
@Command(
    name = "list",
    description = "Show all open plans, newest first.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla plan list --all")
final class ListCommand extends PlanAction {

  @Option(
      names = {"-a", "--all"},
      description = "Completed and deleted plans too.")
  private boolean all;

  @Option(names = "--full", description = "With all the text of the phases, as import reads it.")
  private boolean full;

  ListCommand(Context context) {
    super(context);
  }

  @Override
  int act() {
    Desk desk = desk();
    List<PlanEntry> plans =
        desk.store().list().stream().filter(plan -> all || plan.open()).toList();
    if (json()) {
      answer(PlanJson.list(plans, desk.clock().instant()), List.of());
    } else if (full) {
      context.screen().lines(ListingText.full(plans, file -> desk.store().read(file).plan()));
    } else {
      context.screen().lines(ListingText.brief(plans, desk.clock().instant()));
    }
    return ExitCode.OK;
  }
}
