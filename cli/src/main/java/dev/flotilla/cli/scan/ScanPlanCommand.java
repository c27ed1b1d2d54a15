package dev.flotilla.cli.scan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.cli.context.OutputFile;
import dev.flotilla.cli.screen.Table;
import dev.flotilla.model.Json;
import dev.flotilla.scan.roadmap.Roadmap;
import dev.flotilla.scan.roadmap.RoadmapPlan;
import dev.flotilla.scan.roadmap.Work;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code flotilla scan plan}. */
@Command(
    description = "Turn the findings into a roadmap: initiatives with effort, return and order.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  flotilla scan plan                    the priority matrix",
      "  flotilla scan plan -o roadmap.md      the plan file",
      "  flotilla plan import roadmap.md       to work through it"
    })
final class ScanPlanCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private final ScanTarget target = new ScanTarget();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write the plan file; - is standard output.")
  private @Nullable Path output;

  ScanPlanCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Roadmap roadmap = Roadmap.of(target.scan(context));
    String name = String.valueOf(target.root(context).getFileName());
    if (context.options().json()) {
      context.printJson(json(roadmap));
    }
    if (output != null && output.toString().equals("-")) {
      context.plainScreen().out().print(RoadmapPlan.of(roadmap, name));
    } else if (output != null) {
      new OutputFile(context, output).write(RoadmapPlan.of(roadmap, name));
      context.plainScreen().err().println("Work through it: flotilla plan import " + output);
    } else if (!context.options().json()) {
      print(roadmap);
    }
    return ExitCode.OK;
  }

  private void print(Roadmap roadmap) {
    Table table =
        new Table(
            Table.Column.right(""),
            Table.Column.left("prio"),
            Table.Column.right("days"),
            Table.Column.left("return"),
            Table.Column.right("findings"),
            Table.Column.left("after"),
            Table.Column.left("initiative"));
    for (int i = 0; i < roadmap.works().size(); i++) {
      Work work = roadmap.works().get(i);
      table.row(
          Integer.toString(i),
          "P" + work.priority(),
          RoadmapPlan.days(work.days()),
          RoadmapPlan.stars(work),
          String.format(Locale.ROOT, "%,d", work.count()),
          roadmap.needs(work).map(String::valueOf).orElse("-"),
          work.initiative().title());
    }
    context.screen().table(table);
    context
        .screen()
        .line(
            "\n"
                + RoadmapPlan.days(roadmap.days())
                + " days for one person. "
                + (roadmap.inBackups() > 0
                    ? String.format(
                        Locale.ROOT,
                        "%,d more findings are inside of backups and go with them.%n",
                        roadmap.inBackups())
                    : "")
                + "Write it as a plan: flotilla scan plan -o roadmap.md");
  }

  private static ObjectNode json(Roadmap roadmap) {
    ObjectNode root = Json.mapper().createObjectNode();
    root.put("days", roadmap.days()).put("findingsInBackups", roadmap.inBackups());
    ArrayNode list = root.putArray("initiatives");
    for (Work work : roadmap.works()) {
      ObjectNode node = list.addObject();
      node.put("name", work.initiative().name().toLowerCase(Locale.ROOT));
      node.put("title", work.initiative().title());
      node.put("priority", work.priority()).put("days", work.days()).put("stars", work.stars());
      node.put("quick", work.quick()).put("findings", work.count());
      roadmap.needs(work).ifPresent(index -> node.put("after", index));
      ObjectNode rules = node.putObject("rules");
      work.findings().forEach((rule, count) -> rules.put(rule.id(), count));
      work.worst().forEach(node.putArray("worst")::add);
    }
    return root;
  }
}
