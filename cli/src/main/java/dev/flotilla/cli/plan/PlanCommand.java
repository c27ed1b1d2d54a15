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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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

  /** The subcommands by name, each a command of its own. */
  public static Map<String, Function<Context, Object>> parts() {
    Map<String, Function<Context, Object>> parts = new LinkedHashMap<>();
    parts.put("import", ImportCommand::new);
    parts.put("new", NewCommand::new);
    parts.put("add", AddCommand::new);
    parts.put("list", ListCommand::new);
    parts.put("show", ShowCommand::new);
    parts.put("done", DoneCommand::new);
    parts.put("undo", UndoCommand::new);
    parts.put("delete", DeleteCommand::new);
    parts.put("hard-delete", HardDeleteCommand::new);
    parts.put("cleanup", CleanupCommand::new);
    parts.put("status", PlanStatusCommand::new);
    parts.put("next", NextCommand::new);
    parts.put("exec", ExecCommand::new);
    parts.put("gate", GateCommand::new);
    parts.put("ack", AckCommand::new);
    parts.put("review", ReviewCommand::new);
    parts.put("baseline", BaselineCommand::new);
    parts.put("calibration", CalibrationCommand::new);
    parts.put("claim", ClaimCommand::new);
    parts.put("release", ReleaseCommand::new);
    parts.put("interrupt", InterruptCommand::new);
    parts.put("resume", ResumeCommand::new);
    parts.put("search", SearchCommand::new);
    parts.put("lint", LintCommand::new);
    parts.put("log", LogCommand::new);
    parts.put("export", ExportCommand::new);
    parts.put("stats", StatsCommand::new);
    parts.put("merge", MergeCommand::new);
    parts.put("guide", GuideCommand::new);
    parts.put("mcp", McpCommand::new);
    return parts;
  }
}
