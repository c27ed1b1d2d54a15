package dev.flotilla.model.shape;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Problems;
import dev.flotilla.model.Result;
import dev.flotilla.model.manifest.LoadOptions;
import dev.flotilla.model.manifest.ManifestLoader;
import dev.flotilla.model.manifest.ManifestShape;
import dev.flotilla.model.yaml.YamlReader;
import dev.flotilla.model.yaml.YamlValues;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The schema and the reference in docs are what the declaration gives. Run with {@code
 * -Dflotilla.docs.write=true} to write them anew.
 */
class CommittedFilesTest {
  private static final Path DOCS = Path.of("../docs");
  private static final String BEGIN = "<!-- keys: generated, do not edit -->\n";
  private static final String END = "<!-- end of keys -->\n";

  private final Map<String, Object> schema =
      JsonSchema.of(ManifestShape.FLEET, "The manifest of Flotilla, fleet.yaml");

  @Test
  void theSchemaInDocsIsTheOneOfTheLoader() throws IOException {
    String json =
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n";
    assertCommitted(DOCS.resolve("fleet.schema.json"), json);
  }

  @Test
  void theReferenceInDocsIsTheOneOfTheLoader() throws IOException {
    Path file = DOCS.resolve("manifest.md");
    String text = Files.readString(file);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);
    assertThat(begin).isLessThanOrEqualTo(end);
    String made = Reference.of(ManifestShape.FLEET);
    assertCommitted(file, text.substring(0, begin) + "\n" + made + text.substring(end));
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void committedManifestsLoadAndFitTheSchema(Path file) throws IOException {
    Result<Fleet> loaded = ManifestLoader.load(file, LoadOptions.of(Map.of()));
    assertThat(loaded).isInstanceOf(Result.Ok.class);
    assertThat(new SchemaValidator(schema).check(values(Files.readString(file)))).isEmpty();
  }

  static Stream<Path> manifests() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("../examples"))) {
      List<Path> found = files.filter(file -> file.endsWith("fleet.yaml")).sorted().toList();
      return Stream.concat(
          found.stream(),
          Stream.of(Path.of("src/main/resources/dev/flotilla/model/built-in-fleet.yaml")));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "agents: {a: {comand: x}}",
        "agents: {a: {port: 70000}}",
        "agents: {a: {restart: sometimes}}",
        "agents: {a: {health: {interval: soon}}}",
        "agents: {'a b': {command: x}}",
        "machines: {m: {memory: lots}}",
        "flags: {f: 10 percent}",
        "fleet: [x]",
      })
  void whatTheLoaderRefusesTheSchemaRefusesToo(String yaml) {
    assertThat(new SchemaValidator(schema).check(values(yaml))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "agents: {a: {command: x, port: '${P:-1}', required: '${R}', health: /h, stop: 5s}}",
        "agents: {a: {command: [x, 1], needs: [b: started], env: {A: 1, B: true}}}",
        "agents: {a: {image: 'x:1', needs: {b: {log: up}}, x-own: {any: thing}}}",
        "flags: {f: 10%, g: true, h: {variants: {a: 1}, default: a}}",
        "x-mine: 5",
      })
  void whatTheLoaderTakesTheSchemaTakesToo(String yaml) {
    assertThat(new SchemaValidator(schema).check(values(yaml))).isEmpty();
  }

  private static Object values(String yaml) {
    Problems problems = new Problems();
    return YamlReader.read("x", yaml.getBytes(StandardCharsets.UTF_8), problems)
        .map(YamlValues::value)
        .orElseThrow();
  }

  private static void assertCommitted(Path file, String made) throws IOException {
    if (Boolean.getBoolean("flotilla.docs.write")) {
      Files.writeString(file, made);
    }
    assertThat(file).content(StandardCharsets.UTF_8).isEqualTo(made);
  }
}
