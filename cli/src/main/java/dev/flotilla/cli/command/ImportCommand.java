package dev.flotilla.cli.command;

import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.cli.context.OutputFile;
import dev.flotilla.cli.screen.Style;
import dev.flotilla.cli.screen.Text;
import dev.flotilla.model.Position;
import dev.flotilla.model.Result;
import dev.flotilla.model.imports.FleetImport;
import dev.flotilla.model.imports.Imported;
import dev.flotilla.model.imports.Note;
import dev.flotilla.model.imports.Source;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flotilla import}. */
@Command(
    name = "import",
    description = "Make a manifest of start-up configurations and compose files.",
    footerHeading = "%nExample:%n",
    footer = {
      "  flotilla import mainpc=a/startup_config.yaml pc2=b/startup_config.yaml -o fleet.yaml",
      "",
      "Says what it could not carry over. Without -o the manifest goes to standard output."
    })
final class ImportCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(
      arity = "1..*",
      paramLabel = "[MACHINE=]FILE",
      description = "What to read; each start-up configuration becomes one machine.")
  private List<String> files = List.of();

  @Option(names = "--compose", paramLabel = "FILE", description = "A compose file to read as well.")
  private List<String> compose = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write the manifest to FILE.")
  private @Nullable Path output;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "imported",
      description = "The fleet's name; imported when left out.")
  private String name = "imported";

  ImportCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    List<Source> sources = new ArrayList<>();
    files.forEach(file -> sources.add(source(file)));
    compose.forEach(file -> sources.add(source(file)));
    return switch (FleetImport.read(name, sources)) {
      case Result.Failed<Imported>(var problems) -> throw CommandFailure.of(problems);
      case Result.Ok<Imported>(Imported imported, var warnings) -> {
        new ProblemReport(context).words(context.options().json() ? List.of() : warnings);
        answer(imported);
        yield ExitCode.OK;
      }
    };
  }

  private Source source(String argument) {
    int equals = argument.indexOf('=');
    Optional<String> machine =
        equals > 0 && !argument.substring(0, equals).contains("/")
            ? Optional.of(argument.substring(0, equals))
            : Optional.empty();
    String file = machine.isPresent() ? argument.substring(equals + 1) : argument;
    try {
      return new Source(file, Files.readAllBytes(context.directory().resolve(file)), machine);
    } catch (IOException | InvalidPathException e) {
      throw CommandFailure.of(
          "the file " + file + " cannot be read: " + why(e),
          "a start-up configuration or a compose file",
          "Name files that are there, such as config/startup_config.yaml.");
    }
  }

  private static String why(Exception e) {
    return switch (e) {
      case NoSuchFileException none -> "it is not there";
      case AccessDeniedException denied -> "this user may not read it";
      default -> String.valueOf(e.getMessage());
    };
  }

  private void answer(Imported imported) {
    Optional<Path> file = Optional.ofNullable(output);
    file.ifPresent(path -> new OutputFile(context, path).write(imported.yaml()));
    if (context.options().json()) {
      context.printJson(json(imported, file));
      return;
    }
    if (file.isEmpty()) {
      context.screen().line(imported.yaml().stripTrailing());
    }
    report(imported);
  }

  private void report(Imported imported) {
    for (Note.Kind kind : Note.Kind.values()) {
      List<Note> notes = imported.notes().stream().filter(n -> n.kind() == kind).toList();
      if (!notes.isEmpty()) {
        say("");
        say(context.screen().paint(Style.BOLD, heading(kind)) + " (" + notes.size() + ")");
        notes.forEach(note -> say("  " + Text.tame(note.toString())));
      }
    }
    say("");
    say(
        "Imported "
            + Count.of(imported.agents(), "agent")
            + " in "
            + Count.of(imported.groups(), "group")
            + " on "
            + Count.of(imported.machines(), "machine")
            + (imported.machines() > 1 ? ": " + parts(imported) : "")
            + ". Next: flotilla check"
            + Optional.ofNullable(output).map(o -> " -f " + o).orElse(""));
  }

  private static String parts(Imported imported) {
    return imported.parts().stream()
        .map(
            part ->
                part.machine()
                    + " "
                    + Count.of(part.agents(), "agent")
                    + " in "
                    + Count.of(part.groups(), "group"))
        .collect(Collectors.joining(", "));
  }

  private static String heading(Note.Kind kind) {
    return switch (kind) {
      case UNDERSTOOD -> "Understood specially";
      case KEPT -> "Kept, without effect";
      case LOST -> "Not carried over";
    };
  }

  /** The report goes where the manifest does not. */
  private void say(String line) {
    context.screen().err().println(line);
  }

  private static Map<String, Object> json(Imported imported, Optional<Path> file) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("machines", imported.machines());
    json.put("groups", imported.groups());
    json.put("agents", imported.agents());
    file.ifPresentOrElse(
        path -> json.put("output", path.toString()), () -> json.put("manifest", imported.yaml()));
    json.put("notes", imported.notes().stream().map(ImportCommand::json).toList());
    return json;
  }

  private static Map<String, Object> json(Note note) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", note.kind().name().toLowerCase(Locale.ROOT));
    json.put("found", note.found());
    json.put("became", note.became());
    json.put("where", note.where().stream().map(Position::toString).toList());
    return json;
  }
}
