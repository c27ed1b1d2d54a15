package dev.flotilla.cli.plan;

import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.plan.desk.Desk;
import dev.flotilla.plan.event.EventLog;
import dev.flotilla.plan.exchange.TasksExport;
import dev.flotilla.plan.store.PlanEntry;
import dev.flotilla.plan.store.Stored;
import dev.flotilla.plan.view.Exports;
import dev.flotilla.plan.view.PlanJson;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flotilla plan export}. */
@Command(
    name = "export",
    description = "Write plans as Markdown, JSON, a page or a table.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla plan export --format tasks > tasks_active.json")
final class ExportCommand extends PlanAction {

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "ID",
      defaultValue = "",
      description = "One plan; all that are not deleted when left out.")
  private String id = "";

  @Option(
      names = "--format",
      paramLabel = "FORM",
      description = "tasks, markdown, json, html or csv; tasks when left out.")
  private String format = "tasks";

  @Option(
      names = "--shape",
      paramLabel = "SHAPE",
      description = "For tasks: list, tasks or map; as they were imported when left out.")
  private String shape = "";

  ExportCommand(Context context) {
    super(context);
  }

  @Override
  int act() {
    Desk desk = desk();
    List<Stored> plans =
        id.isEmpty()
            ? desk.store().list().stream()
                .filter(plan -> !plan.status().equals(dev.flotilla.plan.Status.DELETED))
                .map(PlanEntry::file)
                .map(desk.store()::read)
                .toList()
            : List.of(desk.open(id));
    context.plainScreen().out().print(text(plans, desk));
    return ExitCode.OK;
  }

  private String text(List<Stored> plans, Desk desk) {
    return switch (format.toLowerCase(Locale.ROOT)) {
      case "tasks" -> TasksExport.of(plans, shape(plans)).toPrettyString() + "\n";
      case "markdown", "md" ->
          String.join("\n", plans.stream().map(plan -> plan.plan().text()).toList());
      case "json" -> {
        var json = EventLog.data();
        var list = json.putArray("plans");
        plans.forEach(plan -> list.add(PlanJson.show(plan, desk.clock().instant())));
        yield json.toPrettyString() + "\n";
      }
      case "html" -> Exports.html(plans);
      case "csv" -> Exports.csv(plans);
      default ->
          throw CommandFailure.usage(
              "the format " + format, "tasks, markdown, json, html or csv", "Name one of them.");
    };
  }

  private TasksExport.Shape shape(List<Stored> plans) {
    return switch (shape) {
      case "" -> TasksExport.shape(plans);
      case "list" -> TasksExport.Shape.LIST;
      case "tasks" -> TasksExport.Shape.TASKS;
      case "map" -> TasksExport.Shape.MAP;
      default ->
          throw CommandFailure.usage(
              "the shape " + shape, "list, tasks or map", "Name one of them.");
    };
  }
}
