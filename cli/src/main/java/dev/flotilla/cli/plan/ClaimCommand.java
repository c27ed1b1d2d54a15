package dev.flotilla.cli.plan;

import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.plan.desk.Claims;
import dev.flotilla.plan.event.EventLog;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flotilla plan claim}. */
@Command(
    name = "claim",
    description = "Claim a phase for a time, so that nobody else works on it.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla plan claim k3f9x 2 --lease 30m")
final class ClaimCommand extends PlanAction {
  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "The plan; its first or last letters do.")
  private String id = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "K",
      defaultValue = "",
      description = "The phase; the first that is ready and free when left out.")
  private String phase = "";

  @Option(
      names = "--lease",
      paramLabel = "TIME",
      description = "How long it holds; claim again to renew it.")
  private String lease = "30m";

  ClaimCommand(Context context) {
    super(context);
  }

  @Override
  int act() {
    int index = phase.isEmpty() ? -1 : PhaseRef.index(phase);
    Claims.Claimed claimed = new Claims(desk()).claim(id, index, Spans.read(lease));
    answer(
        EventLog.data()
            .put("id", claimed.id())
            .put("phase", claimed.phase())
            .put("title", claimed.title())
            .put("who", claimed.who())
            .put("until", claimed.until().toString()),
        "PHASE "
            + claimed.phase()
            + ": "
            + claimed.title()
            + " is "
            + claimed.who()
            + "'s until "
            + claimed.until().truncatedTo(ChronoUnit.SECONDS));
    return ExitCode.OK;
  }
}
