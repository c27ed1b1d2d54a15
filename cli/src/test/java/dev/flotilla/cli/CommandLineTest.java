package dev.flotilla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cli.command.Commands;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.GlobalOptions;
import dev.flotilla.cli.screen.Screen;
import dev.flotilla.model.Version;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class CommandLineTest {
  @TempDir Path directory = Path.of("");

  @Test
  void versionIsThatOfTheBuild() throws Exception {
    assertThat(Files.readString(Path.of("pom.xml")))
        .contains("<version>" + Version.CURRENT + "</version>");
    assertThat(Files.readString(Path.of("../sdk/python/flotilla/version.py")))
        .contains("__version__ = \"" + Version.CURRENT + "\"");
    assertThat(Run.in(directory, "--version").out())
        .isEqualTo("flotilla " + Version.CURRENT + System.lineSeparator());
  }

  @Test
  void unknownCommandSuggestsTheNearest() {
    Run run = Run.in(directory, "verison");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("the command \"verison\"")
        .contains("Did you mean version?")
        .doesNotContain("\033");
  }

  @Test
  void whatStandsAfterAMistypedCommandHidesNoSuggestion() {
    assertThat(Run.in(directory, "verison", "up").err()).contains("Did you mean version?");
    assertThat(Run.in(directory, "plan", "lsit").err()).contains("Did you mean list?");
  }

  @Test
  void theNameOfACommandMayBeTheValueOfAnOption() {
    assertThat(Run.in(directory, "--file=plan", "version").code()).isZero();
    assertThat(Run.in(directory, "plan", "new", "up", "--id", "done").code()).isZero();
    assertThat(Run.in(directory, "plan", "list").out()).contains("up");
  }

  @Test
  void helpShowsEveryCommand() {
    assertThat(Run.in(directory, "--help").out()).contains("rehearse").contains("plan");
    assertThat(Run.in(directory, "plan", "--help").out()).contains("calibration");
  }

  @Test
  void unknownOptionSuggestsTheNearest() {
    Run run = Run.in(directory, "version", "--jsn");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("the option --jsn").contains("Did you mean --json?");
  }

  @Test
  void noCommandShowsTheHelpAndIsAMistake() {
    Run run = Run.in(directory);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("Usage: flotilla").contains("version");
  }

  @Test
  void globalOptionsMayStandBeforeTheCommand() {
    assertThat(Run.in(directory, "--json", "version").out()).startsWith("{");
  }

  @TestFactory
  Stream<DynamicTest> everyCommandHasADescriptionAndAnExample() {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    Context context =
        new Context(
            new GlobalOptions(),
            Screen.plain(nowhere, nowhere),
            Map.of(),
            Path.of("").toAbsolutePath());
    return Commands.line(context).getSubcommands().entrySet().stream()
        .filter(e -> !e.getValue().getCommandSpec().usageMessage().hidden())
        .map(
            e ->
                DynamicTest.dynamicTest(
                    e.getKey(), () -> hasDescriptionAndExample(e.getKey(), e.getValue())));
  }

  @Test
  void everyCommandsAnswerStandsInTheDocuments() throws Exception {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    Context context =
        new Context(
            new GlobalOptions(),
            Screen.plain(nowhere, nowhere),
            Map.of(),
            Path.of("").toAbsolutePath());
    String shapes = Files.readString(Path.of("../docs/json.md"));
    String commands = Files.readString(Path.of("../docs/commands.md"));
    Commands.line(context)
        .getSubcommands()
        .forEach(
            (name, line) -> {
              if (!line.getCommandSpec().usageMessage().hidden()) {
                assertThat(shapes.lines().filter(l -> l.startsWith("## ")))
                    .as("headings of docs/json.md")
                    .anyMatch(heading -> heading.toLowerCase(Locale.ROOT).contains(name));
                assertThat(commands).contains("`" + name + "`");
              }
            });
  }

  private static void hasDescriptionAndExample(String name, CommandLine line) {
    assertThat(line.getCommandSpec().usageMessage().description()).isNotEmpty();
    assertThat(line.getCommandSpec().usageMessage().footer())
        .anySatisfy(example -> assertThat(example).contains("flotilla " + name));
    assertThat(line.getUsageMessage()).contains("--json").contains("--file").contains("--help");
  }
}
