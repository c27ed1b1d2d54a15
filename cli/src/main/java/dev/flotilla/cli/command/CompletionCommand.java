package dev.flotilla.cli.command;

import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.cli.context.Manifests;
import dev.flotilla.model.Fleet;
import java.util.ArrayList;
import java.util.List;
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
  /** Completes names of agents where a command takes one, and all else as picocli's script does. */
  private static final String WITH_AGENTS =
      """

      function _flotilla_with_agents() {
        local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} names="" at
        local -a manifest=()
        for ((at = 1; at < COMP_CWORD - 1; at++)); do
          case ${COMP_WORDS[at]} in -f | --file) manifest=(-f "${COMP_WORDS[at + 1]}") ;; esac
        done
        case " ${COMP_WORDS[*]:1:COMP_CWORD-1} " in
          *" start "* | *" stop "* | *" restart "* | *" logs "*)
            [[ $word != -* && $before != -f && $before != --file ]] && names=yes ;;
          *" rehearse "*)
            [[ $before == --crash || $before == --hang || $before == --slow ]] && names=yes ;;
        esac
        if [ -n "$names" ]; then
          names=$("${COMP_WORDS[0]}" "${manifest[@]}" completion agents 2> /dev/null)
          COMPREPLY=($(compgen -W "$names" -- "$word"))
        else
          _complete_flotilla
        fi
      }
      complete -F _flotilla_with_agents -o default flotilla ./flotilla
      """;

  private final Context context;

  /** What the script asks while it completes. */
  private static final String AGENTS = "agents";

  static final class Shells extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Shells() {
      super(List.of("bash", "zsh"));
    }
  }

  @Parameters(
      index = "0",
      paramLabel = "SHELL",
      defaultValue = "bash",
      completionCandidates = Shells.class,
      description = "bash or zsh; bash when left out.")
  private String shell = "bash";

  @Spec private CommandSpec spec = CommandSpec.create();

  CompletionCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (shell.equals(AGENTS)) {
      Fleet fleet = Manifests.load(context).fleet();
      fleet.agents().keySet().forEach(id -> context.screen().line(fleet.shortName(id)));
      return ExitCode.OK;
    }
    if (!shell.equals("bash") && !shell.equals("zsh")) {
      throw CommandFailure.usage(
          "the shell \"" + shell + "\"", "bash or zsh", "Run: flotilla completion bash");
    }
    String script = AutoComplete.bash("flotilla", spec.root().commandLine()) + WITH_AGENTS;
    if (context.options().json()) {
      context.printJson(java.util.Map.of("shell", shell, "script", script));
    } else {
      context.screen().line(script);
    }
    return ExitCode.OK;
  }
}
