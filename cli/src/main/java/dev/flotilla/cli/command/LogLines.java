package dev.flotilla.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.screen.Style;
import dev.flotilla.cli.screen.Text;
import dev.flotilla.cli.view.Names;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prints lines of several agents, each with the name of its writer. Thread-safe. */
final class LogLines {
  private static final List<Style> COLOURS =
      List.of(Style.CYAN, Style.GREEN, Style.YELLOW, Style.BLUE);

  private final Context context;
  private final List<AgentId> agents;
  private final Names names;
  private final int widest;
  private final ObjectMapper json = Json.mapper();

  LogLines(Context context, List<AgentId> agents) {
    this.context = context;
    this.agents = List.copyOf(agents);
    this.names = new Names(agents);
    this.widest = agents.stream().mapToInt(id -> Text.width(names.of(id))).max().orElse(0);
  }

  /** Always wants more. */
  synchronized boolean print(AgentId agent, String line) {
    if (context.options().json()) {
      Map<String, String> entry = new LinkedHashMap<>();
      entry.put("name", agent.name());
      entry.put("machine", agent.machine());
      entry.put("line", line);
      context.printJsonLine(json, entry);
      return true;
    }
    Style style = COLOURS.get(Math.floorMod(agents.indexOf(agent), COLOURS.size()));
    String prefix =
        agents.size() == 1
            ? ""
            : context.screen().paint(style, Text.pad(names.of(agent), widest) + " | ");
    context.screen().line(prefix + (context.screen().terminal() ? Text.tame(line) : line));
    return true;
  }
}
