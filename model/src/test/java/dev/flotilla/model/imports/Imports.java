package dev.flotilla.model.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.Fleet;
import dev.flotilla.model.Position;
import dev.flotilla.model.Problem;
import dev.flotilla.model.Problems;
import dev.flotilla.model.Result;
import dev.flotilla.model.manifest.Manifests;
import dev.flotilla.model.yaml.YamlNode;
import dev.flotilla.model.yaml.YamlNode.Mapping;
import dev.flotilla.model.yaml.YamlNode.Scalar;
import dev.flotilla.model.yaml.YamlNode.Sequence;
import dev.flotilla.model.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Imports texts, loads what comes out, and looks for what got lost. */
final class Imports {
  private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?");

  private static final Map<String, String> OTHER_WORDS =
      Map.of(
          "service_healthy", ": healthy",
          "service_completed_successfully", ": completed",
          "service_started", ": started",
          "NONE", "health: none",
          "on-failure:5", "{policy: on-failure, max_restarts: 5}");

  private Imports() {}

  static Source source(String file, String yaml) {
    return new Source(file, yaml.getBytes(StandardCharsets.UTF_8), Optional.empty());
  }

  static Imported imported(Source... sources) {
    return switch (FleetImport.read("test", List.of(sources))) {
      case Result.Ok<Imported>(Imported imported, List<Problem> warnings) -> imported;
      case Result.Failed<Imported>(List<Problem> problems) ->
          throw new AssertionError(Manifests.lines(problems));
    };
  }

  static Fleet fleet(Imported imported) {
    return Manifests.fleet(imported.yaml());
  }

  static List<String> found(Imported imported, Note.Kind kind) {
    return imported.notes().stream()
        .filter(note -> note.kind() == kind)
        .map(note -> note.found() + ": " + note.became())
        .toList();
  }

  /**
   * Every value of the input stands in the manifest or is covered by a note: one at its own place,
   * or at a mapping or key that contains it. Numbers count by digits, as units are added.
   */
  static void assertNothingIsLost(Imported imported, Source... sources) {
    Set<String> words = new HashSet<>();
    Matcher numbers = NUMBER.matcher(imported.yaml());
    while (numbers.find()) {
      words.add(numbers.group());
    }
    Set<Position> noted = new HashSet<>();
    imported.notes().forEach(note -> noted.addAll(note.where()));
    for (Source source : sources) {
      Problems problems = new Problems();
      YamlNode root = YamlReader.read(source.file(), source.content(), problems).orElseThrow();
      List<Scalar> lost = new ArrayList<>();
      collect(root, imported.yaml(), words, noted, false, lost);
      assertThat(lost).as("values of " + source.file() + " that are nowhere").isEmpty();
    }
  }

  private static void collect(
      YamlNode node,
      String yaml,
      Set<String> numbers,
      Set<Position> noted,
      boolean covered,
      List<Scalar> lost) {
    boolean known = covered || noted.contains(node.where());
    switch (node) {
      case Scalar scalar -> {
        if (!known && !carried(scalar, yaml, numbers)) {
          lost.add(scalar);
        }
      }
      case Mapping mapping ->
          mapping
              .entries()
              .forEach(
                  entry ->
                      collect(
                          entry.value(),
                          yaml,
                          numbers,
                          noted,
                          covered || noted.contains(entry.key().where()),
                          lost));
      case Sequence list ->
          list.items().forEach(item -> collect(item, yaml, numbers, noted, known, lost));
    }
  }

  private static boolean carried(Scalar scalar, String yaml, Set<String> numbers) {
    String text = scalar.text();
    if (scalar.isNull() || text.equals("true") || yaml.contains(text)) {
      return true;
    }
    String other = OTHER_WORDS.get(text);
    if (other != null) {
      return yaml.contains(other);
    }
    String plain = text.replaceAll("^\\$\\{PORT_OFFSET}\\+", "").replaceAll("\\.0$", "");
    if (plain.matches("(\\d+):\\1")) {
      return numbers.contains(plain.substring(plain.indexOf(':') + 1));
    }
    int equals = plain.indexOf('=');
    if (equals > 0) {
      return yaml.contains(plain.substring(0, equals) + ": ")
          && yaml.contains(plain.substring(equals + 1).replaceAll("\\$\\{(\\w+)}", "\\${$1:-"));
    }
    return NUMBER.matcher(plain).matches() && numbers.contains(plain);
  }
}
