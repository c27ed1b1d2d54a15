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

  /**
   * The subcommands that these words may mean, each a command of its own. Looking at a command
   * takes a cold JVM milliseconds, so those that are not named are left out; without a name, and
   * for the guide, all are there.
   */
  public static List<Object> parts(Context context, List<String> words) {
    Map<String, Function<Context, Object>> all = all();
    List<String> named = words.stream().filter(all::containsKey).distinct().toList();
    if (!words.isEmpty() && !words.contains("plan") && !words.contains("completion")) {
      return List.of();
    }
    boolean some = words.contains("plan") && !named.isEmpty() && !named.contains("guide");
    return (some ? named.stream().map(all::get) : all.values().stream())
        .<Object>map(part -> part.apply(context))
        .toList();
  }

  private static Map<String, Function<Context, Object>> all() {
    Map<String, Function<Context, Object>> all = new LinkedHashMap<>();
    all.put("import", ImportCommand::new);
    all.put("new", NewCommand::new);
    all.put("add", AddCommand::new);
    all.put("list", ListCommand::new);
    all.put("show", ShowCommand::new);
    all.put("done", DoneCommand::new);
    all.put("undo", UndoCommand::new);
    all.put("delete", DeleteCommand::new);
    all.put("hard-delete", HardDeleteCommand::new);
    all.put("cleanup", CleanupCommand::new);
    all.put("status", PlanStatusCommand::new);
    all.put("next", NextCommand::new);
    all.put("exec", ExecCommand::new);
    all.put("gate", GateCommand::new);
    all.put("ack", AckCommand::new);
    all.put("review", ReviewCommand::new);
    all.put("baseline", BaselineCommand::new);
    all.put("calibration", CalibrationCommand::new);
    all.put("claim", ClaimCommand::new);
    all.put("release", ReleaseCommand::new);
    all.put("interrupt", InterruptCommand::new);
    all.put("resume", ResumeCommand::new);
    all.put("search", SearchCommand::new);
    all.put("lint", LintCommand::new);
    all.put("log", LogCommand::new);
    all.put("export", ExportCommand::new);
    all.put("stats", StatsCommand::new);
    all.put("merge", MergeCommand::new);
    all.put("guide", GuideCommand::new);
    all.put("mcp", McpCommand::new);
    return all;
  }
}
