package dev.flotilla.cli.command;

import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code flotilla completion}. */
@Command(
    name = "completion",
    description = "Print a script that completes flotilla commands in bash and zsh.",
    footerHeading = "%nExample:%n",
    footer = "  source <(flotilla completion bash)")
final class CompletionCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(
      index = "0",
      paramLabel = "SHELL",
      defaultValue = "bash",
      description = "bash or zsh; bash when left out.")
  private String shell = "bash";

  @Spec private CommandSpec spec = CommandSpec.create();

  CompletionCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (!shell.equals("bash") && !shell.equals("zsh")) {
      throw CommandFailure.usage(
          "the shell \"" + shell + "\"", "bash or zsh", "Run: flotilla completion bash");
    }
    String script = AutoComplete.bash("flotilla", spec.root().commandLine());
    if (context.options().json()) {
      context.printJson(java.util.Map.of("shell", shell, "script", script));
    } else {
      context.screen().line(script);
    }
    return ExitCode.OK;
  }
}
