package dev.flotilla.cli.command;

import dev.flotilla.cli.ask.AskCommand;
import dev.flotilla.cli.ask.ChatCommand;
import dev.flotilla.cli.ask.KeyCommand;
import dev.flotilla.cli.ask.RouterCommand;
import dev.flotilla.cli.cache.CacheCommand;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.jobs.JobsCommand;
import dev.flotilla.cli.models.ModelsCommand;
import dev.flotilla.cli.plan.PlanCommand;
import dev.flotilla.cli.scan.ScanCommands;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
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
    Map<String, Supplier<CommandLine>> all = all(context, words);
    Arguments.meant(words, all.keySet())
        .forEach(name -> line.addSubcommand(name, Objects.requireNonNull(all.get(name)).get()));
    line.setOut(new PrintWriter(context.plainScreen().out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(context.plainScreen().err(), true, StandardCharsets.UTF_8));
    line.setExecutionStrategy(new CommandLine.RunLast());
    line.setExecutionExceptionHandler(new Failures(context)::onException);
    line.setParameterExceptionHandler(new Misunderstandings(context)::onException);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setAllowSubcommandsAsOptionParameters(true);
    line.setUsageHelpAutoWidth(false);
    line.setUsageHelpWidth(96);
    line.setColorScheme(Help.colours(context.plainScreen().colour()));
    line.getHelpSectionMap()
        .put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, new Help(line)::commandList);
    return line;
  }

  /** Every command by its name, made only when it is asked for. */
  private static Map<String, Supplier<CommandLine>> all(Context context, List<String> words) {
    Map<String, Supplier<CommandLine>> all = new LinkedHashMap<>();
    all.put("up", () -> command(new UpCommand(context)));
    all.put("down", () -> command(new DownCommand(context)));
    all.put("start", () -> command(new StartCommand(context)));
    all.put("stop", () -> command(new StopCommand(context)));
    all.put("restart", () -> command(new RestartCommand(context)));
    all.put("status", () -> command(new StatusCommand(context)));
    all.put("logs", () -> command(new LogsCommand(context)));
    all.put("ask", () -> command(new AskCommand(context)));
    all.put("models", () -> models(context));
    all.put("chat", () -> command(new ChatCommand(context)));
    all.put("router", () -> group(new RouterCommand(), RouterCommand.parts(context)));
    all.put("key", () -> group(new KeyCommand(), KeyCommand.parts(context)));
    all.put("flag", () -> group(new FlagCommand(), FlagCommand.parts(context)));
    all.put("plan", () -> plan(context, words));
    all.put("scan", () -> scan(context));
    all.put("jobs", () -> jobs(context));
    all.put("cache", () -> group(new CacheCommand(context), CacheCommand.parts(context)));
    all.put("call", () -> command(new CallCommand(context)));
    all.put("import", () -> command(new ImportCommand(context)));
    all.put("rehearse", () -> command(new RehearseCommand(context)));
    all.put("check", () -> command(new CheckCommand(context)));
    all.put("graph", () -> command(new GraphCommand(context)));
    all.put("ports", () -> command(new PortsCommand(context)));
    all.put("version", () -> command(new VersionCommand(context)));
    all.put("completion", () -> command(new CompletionCommand(context)));
    all.put("node", () -> command(new NodeCommand(context)));
    all.put("host", () -> command(new HostCommand(context)));
    all.put("train", () -> command(new TrainCommand(context)));
    return all;
  }

  private static CommandLine models(Context context) {
    CommandLine models = command(new ModelsCommand(context));
    for (Object part : ModelsCommand.parts(context)) {
      models.addSubcommand(command(part));
    }
    return models;
  }

  private static CommandLine jobs(Context context) {
    CommandLine jobs = command(new JobsCommand());
    JobsCommand.parts(context).forEach((name, part) -> jobs.addSubcommand(name, command(part)));
    return jobs;
  }

  private static CommandLine group(Object command, List<Object> parts) {
    CommandLine group = command(command);
    parts.forEach(part -> group.addSubcommand(command(part)));
    return group;
  }

  private static CommandLine plan(Context context, List<String> words) {
    CommandLine plan = command(new PlanCommand(context));
    var parts = PlanCommand.parts();
    List<String> after = words.subList(words.indexOf("plan") + 1, words.size());
    Arguments.meant(after, parts.keySet())
        .forEach(
            name ->
                plan.addSubcommand(
                    command(Objects.requireNonNull(parts.get(name)).apply(context))));
    return plan;
  }

  private static CommandLine scan(Context context) {
    CommandLine scan = command(ScanCommands.command(context));
    ScanCommands.parts(context).forEach((name, part) -> scan.addSubcommand(name, command(part)));
    return scan;
  }

  private static CommandLine command(Object command) {
    CommandLine line = new CommandLine(command);
    line.addMixin("help", new HelpOption());
    return line;
  }
}
