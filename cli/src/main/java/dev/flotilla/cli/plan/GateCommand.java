package dev.flotilla.cli.plan;

import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.plan.desk.Gates;
import dev.flotilla.plan.view.PlanJson;
import dev.flotilla.plan.view.ShowText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flotilla plan gate}. */
@Command(
    name = "gate",
    description = "Show what must hold before a phase is done; --run runs its commands.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla plan gate k3f9x 2")
final class GateCommand extends PlanAction {
  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "The plan; its first or last letters do.")
  private String id = "";

  @Parameters(index = "1", paramLabel = "K", description = "The phase.")
  private String phase = "";

  @Option(
      names = "--run",
      paramLabel = "HASH",
      description = "Run the commands that were shown with this hash.")
  private String run = "";

  GateCommand(Context context) {
    super(context);
  }

  @Override
  int act() {
    Gates gates = new Gates(desk());
    int index = PhaseRef.index(phase);
    Gates.Answer gate = run.isEmpty() ? gates.look(id, index) : gates.run(id, index, run);
    answer(PlanJson.gate(gate), ShowText.gate(gate));
    return gate.open() ? ExitCode.OK : ExitCode.FAILED;
  }
}
