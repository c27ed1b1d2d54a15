package dev.flotilla.cli.plan;

import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.plan.event.EventLog;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Spec;

/** {@code flotilla plan guide}: made from the commands themselves, so that it is never behind. */
@Command(
    name = "guide",
    description = "Print a guide for coding agents, in Markdown.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla plan guide >> AGENTS.md")
final class GuideCommand extends PlanAction {
  private static final List<String> COMMON =
      List.of(
          "--plans",
          "--as",
          "--json",
          "--help",
          "--file",
          "--port-set",
          "--port-offset",
          "--no-color");

  @Spec private CommandSpec spec = CommandSpec.create();

  GuideCommand(Context context) {
    super(context);
  }

  @Override
  int act() {
    CommandLine plan = spec.commandLine().getParent();
    List<String> lines = new ArrayList<>(WORK.lines().toList());
    lines.add("");
    lines.add("## Commands");
    lines.add("");
    plan.getSubcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .forEach(command -> lines.addAll(section(command)));
    answer(EventLog.data().put("guide", String.join("\n", lines)), lines);
    return ExitCode.OK;
  }

  private static List<String> section(CommandSpec command) {
    List<String> lines = new ArrayList<>();
    StringBuilder usage = new StringBuilder("- `flotilla plan " + command.name());
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      boolean optional = parameter.arity().min() == 0;
      usage
          .append(optional ? " [" : " ")
          .append(parameter.paramLabel())
          .append(optional ? "]" : "");
    }
    lines.add(usage + "`: " + String.join(" ", command.usageMessage().description()));
    for (OptionSpec option : command.options()) {
      if (!COMMON.contains(option.longestName())) {
        lines.add(
            "  - `"
                + option.longestName()
                + label(option)
                + "` "
                + String.join(" ", option.description()));
      }
    }
    return lines;
  }

  private static String label(ArgSpec option) {
    return option.arity().max() == 0 ? "" : " " + option.paramLabel();
  }

  private static final String WORK =
      """
      # Working with plans

      Plans are Markdown files in `plans/`; read them as you like, change their state only with
      these commands. Every command takes `--json`; none waits for input. Exit code 0 is done, 1
      not achieved, 2 not understood; the error says what was found, expected, and what to do.

      1. `flotilla plan next --json` shows what can be done now.
      2. `flotilla plan claim ID K` makes the phase yours for 30 minutes; claim again to renew.
      3. `flotilla plan show ID K` is the phase; read its IMPORTANT NOTE, then `flotilla plan ack ID K`.
      4. `flotilla plan exec ID K` previews its commands with a hash; `--run HASH` runs just those.
      5. `flotilla plan gate ID K` shows what must hold; `--run HASH` runs its commands.
      6. Review your work and the next phase. `flotilla plan done ID K --confidence N` closes it
         with evidence. State what you believe: claims are kept against outcomes.
      7. Refused? Do what the refusal says. Force only when told to, with a reason.
      """;
}
