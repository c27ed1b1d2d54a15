package dev.flotilla.cli.plan;

import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.plan.desk.Desk;
import dev.flotilla.plan.desk.Execution;
import dev.flotilla.plan.run.Preview;
import dev.flotilla.plan.view.PlanJson;
import dev.flotilla.plan.view.ShowText;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flotilla plan exec}. */
@Command(
    name = "exec",
    description = "Show the commands of a phase; --run runs exactly what was shown.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla plan exec k3f9x 2 --run 1a2b3c4d5e6f")
final class ExecCommand extends PlanAction {
  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "The plan; its first or last letters do.")
  private String id = "";

  @Parameters(index = "1", paramLabel = "K[.N]", description = "The phase, or one command of it.")
  private String phase = "";

  @Option(names = "--run", paramLabel = "HASH", description = "Run what was shown with this hash.")
  private String run = "";

  @Option(names = "--rollback", description = "The rollback commands, last first.")
  private boolean rollback;

  @Option(names = "--again", description = "Also what already succeeded.")
  private boolean again;

  @Option(names = "--repeat", description = "Run a step again that was begun and never ended.")
  private boolean repeat;

  @Option(names = "--skip", description = "Go on after a step that was begun and never ended.")
  private boolean skip;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "For each step; 30m when left out.")
  private String timeout = "30m";

  @Option(names = "--set", paramLabel = "NAME=VALUE", description = "A value for a placeholder.")
  private Map<String, String> values = Map.of();

  ExecCommand(Context context) {
    super(context);
  }

  @Override
  int act() {
    PhaseRef ref = PhaseRef.of(phase);
    int number = ref.rest().isEmpty() ? 0 : number(ref.rest());
    Preview.Wanted wanted = new Preview.Wanted(number, rollback, again, values);
    Desk desk = desk();
    Execution execution = new Execution(desk);
    String name = desk.open(id).plan().id();
    if (run.isEmpty()) {
      Preview preview = execution.preview(id, ref.phase(), wanted);
      answer(
          PlanJson.preview(name, ref.phase(), preview),
          ShowText.preview(name, ref.phase(), preview));
      return ExitCode.OK;
    }
    Execution.Unfinished unfinished =
        repeat
            ? Execution.Unfinished.REPEAT
            : skip ? Execution.Unfinished.SKIP : Execution.Unfinished.ASK;
    OutputStream live = json() ? OutputStream.nullOutputStream() : context.plainScreen().out();
    List<Execution.Ran> ran =
        execution.run(
            id,
            ref.phase(),
            new Execution.Order(run, wanted, Spans.read(timeout), unfinished),
            live);
    answer(PlanJson.ran(name, ref.phase(), ran), ran.stream().map(ExecCommand::words).toList());
    return ran.stream().allMatch(r -> r.exit() == 0) ? ExitCode.OK : ExitCode.FAILED;
  }

  private static int number(String words) {
    if (words.indexOf('.') >= 0) {
      throw CommandFailure.usage("." + words, "the number of one command", "Such as exec ID 2.1");
    }
    return Integer.parseInt(words);
  }

  private static String words(Execution.Ran ran) {
    return (ran.exit() == 0 ? "✔ " : "✗ ")
        + ran.step()
        + (ran.timedOut() ? " ran into its timeout" : " exit code " + ran.exit())
        + ", "
        + ran.seconds()
        + " s, output "
        + ran.output()
        + " (sha256 "
        + ran.sha256().substring(0, 12)
        + ")";
  }
}
