package dev.flotilla.cli.plan;

import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.model.Problem;
import dev.flotilla.plan.desk.Desk;
import dev.flotilla.plan.desk.Lint;
import dev.flotilla.plan.event.EventLog;
import dev.flotilla.plan.store.PlanEntry;
import dev.flotilla.plan.view.PlanJson;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code flotilla plan lint}. */
@Command(
    name = "lint",
    description = "Look for what will trouble people who work with a plan.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla plan lint k3f9x")
final class LintCommand extends PlanAction {

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "ID",
      defaultValue = "",
      description = "The plan; all open ones when left out.")
  private String id = "";

  LintCommand(Context context) {
    super(context);
  }

  @Override
  int act() {
    Desk desk = desk();
    List<Problem> problems = new ArrayList<>();
    List<String> files =
        id.isEmpty()
            ? desk.store().list().stream().filter(PlanEntry::open).map(PlanEntry::file).toList()
            : List.of(desk.store().find(id));
    files.forEach(file -> problems.addAll(new Lint(desk).of(desk.store().read(file))));
    var json = EventLog.data();
    problems.forEach(problem -> json.withArray("problems").add(PlanJson.problem(problem)));
    answer(
        json,
        problems.isEmpty()
            ? List.of("Nothing to mend in " + files.size() + " plans")
            : problems.stream().map(LintCommand::words).toList());
    boolean errors = problems.stream().anyMatch(p -> p.severity() == Problem.Severity.ERROR);
    return errors ? ExitCode.FAILED : ExitCode.OK;
  }

  private static String words(Problem problem) {
    return problem.where()
        + ": "
        + problem.severity().name().toLowerCase(java.util.Locale.ROOT)
        + ": "
        + problem.found()
        + "; expected "
        + problem.expected()
        + "; "
        + problem.advice();
  }
}
