package dev.flotilla.cli.plan;

import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.cli.plan.centre.Centre;
import dev.flotilla.plan.desk.Desk;
import dev.flotilla.plan.store.PlanEntry;
import dev.flotilla.plan.view.ListingText;
import dev.flotilla.plan.view.PlanJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code flotilla plan}: the centre on a terminal, the listing elsewhere. */
@Command(
    name = "plan",
    description = "Carry big changes through in phases, with gates and evidence.",
    synopsisSubcommandLabel = "[COMMAND]",
    footerHeading = "%nExamples:%n",
    footer = {
      "  flotilla plan                      the command centre, on a terminal",
      "  flotilla plan next                 what can be done now",
      "  flotilla plan import tasks.json    take over what there is"
    })
public final class PlanCommand extends PlanAction {
  public PlanCommand(Context context) {
    super(context);
  }

  @Override
  int act() {
    Desk desk = desk();
    if (!json() && context.screen().terminal()) {
      return centre(desk);
    }
    List<PlanEntry> plans = desk.store().list().stream().filter(PlanEntry::open).toList();
    if (json()) {
      answer(PlanJson.list(plans, desk.clock().instant()), List.of());
    } else {
      context.screen().lines(ListingText.brief(plans, desk.clock().instant()));
    }
    return ExitCode.OK;
  }

  private int centre(Desk desk) {
    try {
      new Centre(desk, context.screen().colour()).run();
      return ExitCode.OK;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The subcommands, each a command of its own. */
  public static List<Object> parts(Context context) {
    return List.of(
        new ImportCommand(context),
        new NewCommand(context),
        new AddCommand(context),
        new ListCommand(context),
        new ShowCommand(context),
        new DoneCommand(context),
        new UndoCommand(context),
        new DeleteCommand(context),
        new HardDeleteCommand(context),
        new CleanupCommand(context),
        new PlanStatusCommand(context),
        new NextCommand(context),
        new ExecCommand(context),
        new GateCommand(context),
        new AckCommand(context),
        new ReviewCommand(context),
        new BaselineCommand(context),
        new CalibrationCommand(context),
        new ClaimCommand(context),
        new ReleaseCommand(context),
        new InterruptCommand(context),
        new ResumeCommand(context),
        new SearchCommand(context),
        new LintCommand(context),
        new LogCommand(context),
        new ExportCommand(context),
        new StatsCommand(context),
        new MergeCommand(context),
        new GuideCommand(context),
        new McpCommand(context));
  }
}
