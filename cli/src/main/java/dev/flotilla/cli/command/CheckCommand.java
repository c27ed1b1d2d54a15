package dev.flotilla.cli.command;

import dev.flotilla.cli.client.FleetStatus;
import dev.flotilla.cli.client.Fleets;
import dev.flotilla.cli.client.NodeClient;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.cli.context.Manifests;
import dev.flotilla.cli.screen.Style;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Problem;
import dev.flotilla.model.Result;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code flotilla check}. */
@Command(
    name = "check",
    description = "Find what is wrong with a manifest before anything starts.",
    footerHeading = "%nExample:%n",
    footer = {
      "  flotilla check -f fleet.yaml",
      "",
      "Exits with 0 when nothing keeps the fleet from starting, with 1 otherwise."
    })
final class CheckCommand implements Callable<Integer> {
  private final Context context;

  @Option(
      names = "--machine",
      paramLabel = "NAME",
      description =
          "Which machine of the manifest this one is; \"none\" looks at no files and ports.")
  private String machine = "";

  CheckCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Result<Fleet> read = Manifests.result(context);
    return switch (read) {
      case Result.Failed<Fleet>(var problems) -> answer(Optional.empty(), problems);
      case Result.Ok<Fleet>(Fleet fleet, var warnings) -> {
        List<Problem> problems = new ArrayList<>(warnings);
        problems.addAll(new Preflight(context).problems(fleet, here(fleet), running()));
        problems.sort(Comparator.comparing(Problem::where));
        yield answer(Optional.of(fleet), problems);
      }
    };
  }

  private Optional<String> here(Fleet fleet) {
    return machine.equals("none") ? Optional.empty() : MachineChoice.of(fleet, machine);
  }

  private List<AgentStatus> running() {
    return new Fleets(context)
        .find()
        .map(NodeClient::status)
        .map(FleetStatus::agents)
        .orElse(List.of());
  }

  private int answer(Optional<Fleet> fleet, List<Problem> problems) {
    long errors = problems.stream().filter(p -> p.severity() == Problem.Severity.ERROR).count();
    if (context.options().json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      fleet.ifPresent(f -> json.put("fleet", f.name()));
      fleet.ifPresent(f -> json.put("agents", f.agents().size()));
      json.put("ok", errors == 0);
      json.put("problems", problems.stream().map(ProblemReport::json).toList());
      context.printJson(json);
    } else {
      new ProblemReport(context).words(problems);
      if (!problems.isEmpty()) {
        context.screen().err().println();
      }
      context.screen().line(verdict(fleet, errors, problems.size() - errors));
    }
    return errors == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  private String verdict(Optional<Fleet> fleet, long errors, long warnings) {
    String counted = Count.of(errors, "error") + ", " + Count.of(warnings, "warning");
    String what =
        fleet
            .map(
                f ->
                    f.name()
                        + ": "
                        + Count.of(f.agents().size(), "agent")
                        + " in "
                        + Count.of(f.groups().size(), "group")
                        + " on "
                        + Count.of(f.machines().size(), "machine")
                        + "; ")
            .orElse("");
    Style style = errors > 0 ? Style.BOLD_RED : warnings > 0 ? Style.BOLD_YELLOW : Style.BOLD_GREEN;
    return what + context.screen().paint(style, counted) + ".";
  }
}
