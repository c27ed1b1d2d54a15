package dev.flotilla.cli.command;

import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.cli.context.Manifests;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.graph.GraphMermaid;
import dev.flotilla.model.graph.GraphSvg;
import dev.flotilla.model.graph.GraphText;
import dev.flotilla.model.graph.StartOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code flotilla graph}. */
@Command(
    name = "graph",
    description = "Show in which order the agents start, as text, Mermaid or SVG.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla graph --format svg -o graph.svg")
final class GraphCommand implements Callable<Integer> {
  /** How the graph is written. */
  enum Format {
    TEXT,
    MERMAID,
    SVG;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Context context;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text, mermaid or svg; text when left out.")
  private Format format = Format.TEXT;

  @Mixin private final Written written = new Written();

  GraphCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Fleet fleet = Manifests.load(context).fleet();
    if (context.options().json()) {
      context.printJson(json(fleet));
      return ExitCode.OK;
    }
    written.write(
        context,
        switch (format) {
          case TEXT -> GraphText.of(fleet);
          case MERMAID -> GraphMermaid.of(fleet);
          case SVG -> GraphSvg.of(fleet);
        });
    return ExitCode.OK;
  }

  private static Map<String, Object> json(Fleet fleet) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("fleet", fleet.name());
    answer.put(
        "layers",
        StartOrder.of(fleet).layers().stream()
            .map(layer -> layer.stream().map(AgentId::toString).toList())
            .toList());
    Map<String, List<String>> needs = new LinkedHashMap<>();
    fleet
        .agents()
        .forEach(
            (id, agent) ->
                needs.put(
                    id.toString(),
                    agent.needs().stream().map(need -> need.agent().toString()).toList()));
    answer.put("needs", needs);
    return answer;
  }
}
