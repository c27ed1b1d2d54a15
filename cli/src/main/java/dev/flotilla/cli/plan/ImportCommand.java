package dev.flotilla.cli.plan;

import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.plan.PlanIds;
import dev.flotilla.plan.desk.Desk;
import dev.flotilla.plan.event.EventLog;
import dev.flotilla.plan.exchange.Imported;
import dev.flotilla.plan.exchange.Importer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flotilla plan import}. */
@Command(
    name = "import",
    description = "Read plans from a task file, a listing, Markdown or a check list.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla plan import tasks_active.json")
final class ImportCommand extends PlanAction {

  @Parameters(index = "0", paramLabel = "FILE", description = "What to read; - is standard input.")
  private String file = "";

  @Option(
      names = "--replace",
      description = "Take the place of plans with the same id; those go to plans/archive.")
  private boolean replace;

  ImportCommand(Context context) {
    super(context);
  }

  @Override
  int act() {
    Desk desk = desk();
    String created = desk.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString();
    List<Imported> plans = new Importer(created, desk.store()::newId).read(file, bytes());
    var json = EventLog.data();
    var ids = json.putArray("ids");
    for (Imported plan : plans) {
      String name = PlanIds.file(plan.id());
      if (replace && Files.exists(desk.store().layout().plan(name))) {
        desk.store().remove(name, true);
      }
      desk.store().create(name, desk.who(), plan.text(), plan.events());
      ids.add(plan.id());
    }
    answer(json, plans.stream().map(plan -> "Imported " + plan.id()).toList());
    return ExitCode.OK;
  }

  private byte[] bytes() {
    try {
      return file.equals("-")
          ? System.in.readAllBytes()
          : Files.readAllBytes(context.directory().resolve(Path.of(file)));
    } catch (IOException e) {
      throw CommandFailure.of(
          "no file that can be read at " + file,
          "a task file, a listing, Markdown or a check list",
          "See that the name is right and that you may read it.");
    }
  }
}
