package dev.flotilla.cli.plan;

import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.plan.desk.Closing;
import dev.flotilla.plan.desk.Gates;
import dev.flotilla.plan.view.PlanJson;
import dev.flotilla.plan.view.ShowText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flotilla plan review}. */
@Command(
    name = "review",
    description = "State after a review how sure you are; below the limit it repeats.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla plan review k3f9x 2 --confidence 95")
final class ReviewCommand extends PlanAction {
  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "The plan; its first or last letters do.")
  private String id = "";

  @Parameters(index = "1", paramLabel = "K", description = "The phase.")
  private String phase = "";

  @Option(names = "--confidence", required = true, paramLabel = "N", description = "In percent.")
  private double confidence;

  ReviewCommand(Context context) {
    super(context);
  }

  @Override
  int act() {
    Gates.Answer gate = new Closing(desk()).review(id, PhaseRef.index(phase), confidence);
    answer(PlanJson.gate(gate), ShowText.gate(gate));
    return gate.open() ? ExitCode.OK : ExitCode.FAILED;
  }
}
