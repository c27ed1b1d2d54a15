package dev.flotilla.cli.command;

import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.plan.PlanCommand;
import dev.flotilla.cli.scan.ScanCommands;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The command line with all its commands. */
public final class Commands {
  private Commands() {}

  /** Runs what the arguments say and answers with the exit code. */
  public static int run(Context context, String... arguments) {
    String[] settled = Arguments.settle(arguments);
    return line(context, List.of(settled)).execute(settled);
  }

  /** With every command there is. */
  public static CommandLine line(Context context) {
    return line(context, List.of());
  }

  private static CommandLine line(Context context, List<String> words) {
    CommandLine line = new CommandLine(new RootCommand());
    line.addMixin("global", context.options());
    add(line, new UpCommand(context));
    add(line, new DownCommand(context));
    add(line, new StartCommand(context));
    add(line, new StopCommand(context));
    add(line, new RestartCommand(context));
    add(line, new StatusCommand(context));
    add(line, new LogsCommand(context));
    CommandLine flag = add(line, new FlagCommand());
    for (Object part : FlagCommand.parts(context)) {
      add(flag, part);
    }
    CommandLine plan = add(line, new PlanCommand(context));
    PlanCommand.parts(context, words).forEach(part -> add(plan, part));
    CommandLine scan = add(line, ScanCommands.command(context));
    ScanCommands.parts(context).forEach((name, part) -> add(scan, name, part));
    add(line, new CallCommand(context));
    add(line, new ImportCommand(context));
    add(line, new RehearseCommand(context));
    add(line, new CheckCommand(context));
    add(line, new GraphCommand(context));
    add(line, new PortsCommand(context));
    add(line, new VersionCommand(context));
    add(line, new CompletionCommand(context));
    add(line, new NodeCommand(context));
    add(line, new HostCommand(context));
    add(line, new TrainCommand(context));
    line.setOut(new PrintWriter(context.plainScreen().out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(context.plainScreen().err(), true, StandardCharsets.UTF_8));
    line.setExecutionStrategy(new CommandLine.RunLast());
    line.setExecutionExceptionHandler(new Failures(context)::onException);
    line.setParameterExceptionHandler(new Misunderstandings(context)::onException);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(false);
    line.setUsageHelpWidth(96);
    line.setColorScheme(Help.colours(context.plainScreen().colour()));
    line.getHelpSectionMap()
        .put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, new Help(line)::commandList);
    return line;
  }

  private static CommandLine add(CommandLine line, Object command) {
    CommandLine added = new CommandLine(command);
    added.addMixin("help", new HelpOption());
    line.addSubcommand(added);
    return added;
  }

  private static void add(CommandLine line, String name, Object command) {
    CommandLine added = new CommandLine(command);
    added.addMixin("help", new HelpOption());
    line.addSubcommand(name, added);
  }
}
