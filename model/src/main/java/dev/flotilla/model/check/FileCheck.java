package dev.flotilla.model.check;

import dev.flotilla.model.Agent;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Launch;
import dev.flotilla.model.Listen;
import dev.flotilla.model.Problem;
import dev.flotilla.model.Problems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Programs, scripts and folders that are not there. Only for agents of this machine. */
final class FileCheck {
  private static final Pattern INTERPRETER =
      Pattern.compile("(python|pypy)[0-9.]*|bash|sh|zsh|node|perl|ruby|java");
  private static final Pattern SCRIPT =
      Pattern.compile(".+\\.(py|sh|bash|js|mjs|cjs|pl|rb|jar|java)");

  private final Fleet fleet;
  private final Facts facts;
  private final Problems problems;

  FileCheck(Fleet fleet, Facts facts, Problems problems) {
    this.fleet = fleet;
    this.facts = facts;
    this.problems = problems;
  }

  void check() {
    facts.machine().stream()
        .flatMap(machine -> fleet.agentsOn(machine).stream())
        .forEach(
            agent -> {
              if (agent.launch() instanceof Launch.Command command && !command.argv().isEmpty()) {
                check(agent, command);
              } else if (agent.launch() instanceof Launch.Service(String _, var listen)) {
                listen.ifPresent(where -> check(agent, where));
              }
            });
  }

  private void check(Agent agent, Listen listen) {
    listen.files().stream()
        .filter(file -> !facts.exists().test(file))
        .forEach(file -> missing(agent, "the file " + file, "make it, or change listen:"));
  }

  private void check(Agent agent, Launch.Command command) {
    Path folder = Path.of(command.directory());
    if (!facts.exists().test(folder)) {
      missing(agent, "the folder " + folder, "create it, or change directory:");
      return;
    }
    String program = command.argv().getFirst();
    boolean path = program.indexOf('/') >= 0;
    if (path && !exists(folder, program)) {
      missing(agent, "the program " + program, "mend the path; it is relative to " + folder);
    } else if (!path && !facts.onPath().test(program)) {
      missing(agent, "the program " + program, "install it, or write its full path");
    }
    script(command.argv())
        .filter(script -> !exists(folder, script))
        .ifPresent(
            script ->
                missing(
                    agent, "the script " + script, "mend the path; it is relative to " + folder));
  }

  /** What an interpreter is given to run: its first argument that is no option. */
  private static Optional<String> script(List<String> argv) {
    String program = argv.getFirst().substring(argv.getFirst().lastIndexOf('/') + 1);
    if (!INTERPRETER.matcher(program).matches()) {
      return Optional.empty();
    }
    return argv.stream()
        .skip(1)
        .takeWhile(word -> !word.equals("-c") && !word.equals("-m") && !word.equals("-e"))
        .filter(word -> !word.startsWith("-"))
        .findFirst()
        .filter(word -> SCRIPT.matcher(word).matches());
  }

  private boolean exists(Path folder, String file) {
    try {
      return facts.exists().test(folder.resolve(file).normalize());
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private void missing(Agent agent, String what, String advice) {
    String found = what + " of " + fleet.shortName(agent.id()) + ", which does not exist";
    String expected = "a file that is there";
    problems.addAll(
        List.of(
            agent.required()
                ? Problem.error(agent.where(), found, expected, advice)
                : Problem.warning(agent.where(), found, expected, advice)));
  }
}
