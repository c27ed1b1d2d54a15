package dev.flotilla.cli.command;

import dev.flotilla.cli.screen.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;

/** How the commands are listed: by what one wants to do. */
final class Help {
  private static final Map<String, List<String>> GROUPS = groups();

  private final CommandLine root;

  Help(CommandLine root) {
    this.root = root;
  }

  private static Map<String, List<String>> groups() {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    groups.put("Run a fleet", List.of("up", "down", "start", "stop", "restart"));
    groups.put("Look at it", List.of("status", "logs"));
    groups.put("Talk to it", List.of("ask", "chat", "flag", "call", "key", "router"));
    groups.put("Before it runs", List.of("import", "check", "graph", "ports", "rehearse"));
    groups.put("This program", List.of("version", "completion"));
    return groups;
  }

  static ColorScheme colours(boolean colour) {
    return CommandLine.Help.defaultColorScheme(colour ? Ansi.ON : Ansi.OFF);
  }

  /** The commands in groups; those that no group names come last, hidden ones never. */
  String commandList(CommandLine.Help help) {
    Map<String, CommandLine> commands =
        root.getSubcommands().entrySet().stream()
            .filter(e -> !e.getValue().getCommandSpec().usageMessage().hidden())
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
    StringBuilder text = new StringBuilder();
    GROUPS.forEach(
        (heading, names) -> {
          List<String> present = names.stream().filter(commands::containsKey).toList();
          append(text, heading, present, commands, help);
          present.forEach(commands::remove);
        });
    append(text, "More", List.copyOf(commands.keySet()), commands, help);
    return text.toString();
  }

  private static void append(
      StringBuilder text,
      String heading,
      List<String> names,
      Map<String, CommandLine> commands,
      CommandLine.Help help) {
    if (names.isEmpty()) {
      return;
    }
    text.append(String.format("%n%s:%n", heading));
    for (String name : names) {
      CommandLine command = java.util.Objects.requireNonNull(commands.get(name));
      String[] description = command.getCommandSpec().usageMessage().description();
      text.append("  ")
          .append(Text.pad(help.colorScheme().commandText(name).toString(), 12))
          .append(description.length == 0 ? "" : description[0])
          .append(System.lineSeparator());
    }
  }
}
