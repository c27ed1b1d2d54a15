package dev.flotilla.cli.command;

import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.CommandGroup;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.model.shape.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line and what may have been meant. */
final class Misunderstandings {
  private final Context context;

  Misunderstandings(Context context) {
    this.context = context;
  }

  int onException(ParameterException thrown, String[] arguments) {
    if (CommandGroup.NO_COMMAND.equals(thrown.getMessage()) && !context.options().json()) {
      thrown.getCommandLine().usage(context.plainScreen().err());
      return ExitCode.USAGE;
    }
    CommandFailure failure = failure(thrown);
    new ProblemReport(context).print(failure.problems());
    return failure.exitCode();
  }

  private static CommandFailure failure(ParameterException thrown) {
    CommandLine line = thrown.getCommandLine();
    String name = line.getCommandSpec().qualifiedName();
    String help = "See: " + name + " --help";
    if (thrown instanceof UnmatchedArgumentException unmatched
        && !unmatched.getUnmatched().isEmpty()) {
      return unknown(unmatched.getUnmatched().getFirst(), line, help);
    }
    if (thrown instanceof MissingParameterException missing) {
      return CommandFailure.usage(
          name + " without " + each(missing, ArgSpec::paramLabel, ", "),
          each(missing, Misunderstandings::meaning, "; "),
          help);
    }
    return CommandFailure.usage(
        firstLine(thrown), "a command line as " + name + " --help shows it", help);
  }

  private static String each(
      MissingParameterException missing, Function<ArgSpec, String> words, String between) {
    return missing.getMissing().stream().map(words).collect(Collectors.joining(between));
  }

  private static String meaning(ArgSpec argument) {
    String[] description = argument.description();
    return argument.paramLabel() + (description.length == 0 ? "" : ": " + description[0]);
  }

  private static CommandFailure unknown(String word, CommandLine line, String help) {
    if (word.startsWith("-") && word.length() > 1) {
      List<String> known = new ArrayList<>();
      for (OptionSpec option : line.getCommandSpec().options()) {
        known.addAll(List.of(option.names()));
      }
      return CommandFailure.usage(
          "the option " + word,
          "an option that " + line.getCommandSpec().qualifiedName() + " has",
          meant(Nearest.to(word, known), help));
    }
    if (!line.getSubcommands().isEmpty()) {
      List<String> known =
          line.getSubcommands().entrySet().stream()
              .filter(e -> !e.getValue().getCommandSpec().usageMessage().hidden())
              .map(e -> e.getKey())
              .toList();
      return CommandFailure.usage(
          "the command \"" + word + "\"",
          "one of " + String.join(", ", known),
          meant(Nearest.to(word, known), help));
    }
    return CommandFailure.usage(
        "the extra word \"" + word + "\"",
        "nothing more after what " + line.getCommandSpec().qualifiedName() + " takes",
        help);
  }

  private static String meant(Optional<String> nearest, String help) {
    return nearest.map(n -> "Did you mean " + n + "? ").orElse("") + help;
  }

  private static String firstLine(ParameterException thrown) {
    return String.valueOf(thrown.getMessage())
        .lines()
        .findFirst()
        .orElse("")
        .replace("option option", "option")
        .replaceAll("is not an? (double|float)$", "is not a number")
        .replaceAll("is not an? (int|long)$", "is not a whole number");
  }
}
