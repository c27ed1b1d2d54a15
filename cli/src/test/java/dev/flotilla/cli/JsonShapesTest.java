package dev.flotilla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.model.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the shapes that {@code docs/json.md} promises, for what needs no running fleet. */
final class JsonShapesTest {
  @TempDir Path directory = Path.of("");

  @BeforeEach
  void writeManifest() throws Exception {
    Files.writeString(
        directory.resolve("fleet.yaml"),
        """
        fleet: shapes
        agents:
          Memory: {command: sh memory, port: 45713}
          Translator: {command: sh translator, needs: [Memory]}
        """);
  }

  @Test
  void check() throws Exception {
    JsonNode answer = answer(0, "check", "--machine", "none");
    assertThat(names(answer)).containsExactly("fleet", "agents", "ok", "problems");
    assertThat(answer.path("agents").asInt()).isEqualTo(2);
  }

  @Test
  void checkOfAMistake() throws Exception {
    Files.writeString(
        directory.resolve("fleet.yaml"), "fleet: x\nagents:\n  A: {command: sh a, prot: 1}\n");
    JsonNode answer = answer(1, "check");
    assertThat(answer.path("ok").asBoolean()).isFalse();
    assertThat(names(answer.path("problems").path(0)))
        .containsExactly("severity", "file", "line", "column", "found", "expected", "advice");
  }

  @Test
  void mistakesOnTheCommandLine() throws Exception {
    JsonNode answer = answer(2, "check", "--nonsense");
    assertThat(names(answer)).containsExactly("problems");
    assertThat(names(answer.path("problems").path(0)))
        .containsExactly("severity", "found", "expected", "advice");
  }

  @Test
  void graph() throws Exception {
    JsonNode answer = answer(0, "graph");
    assertThat(names(answer)).containsExactly("fleet", "layers", "needs");
    assertThat(answer.path("layers").toString())
        .isEqualTo("[[\"Memory@local\"],[\"Translator@local\"]]");
    assertThat(answer.path("needs").path("Translator@local").path(0).asText())
        .isEqualTo("Memory@local");
  }

  @Test
  void ports() throws Exception {
    JsonNode answer = answer(0, "ports");
    assertThat(names(answer)).containsExactly("fleet", "rows");
    assertThat(names(answer.path("rows").path(0)))
        .containsExactly("machine", "port", "name", "owner", "purpose");
  }

  @Test
  void importing() throws Exception {
    Files.writeString(
        directory.resolve("startup_config.yaml"),
        "agent_groups:\n  core:\n    A: {script_path: a.py, port: 7200, dependencies: []}\n");
    JsonNode answer = answer(0, "import", "startup_config.yaml");
    assertThat(names(answer)).containsExactly("machines", "groups", "agents", "manifest", "notes");
    assertThat(names(answer.path("notes").path(0)))
        .containsExactly("kind", "found", "became", "where");
  }

  @Test
  void statusAndDownOfWhatDoesNotRun() throws Exception {
    assertThat(answer(1, "status").toString()).isEqualTo("{\"fleet\":\"shapes\",\"agents\":[]}");
    assertThat(names(answer(0, "down")))
        .containsExactly("fleet", "wasRunning", "stopped", "seconds");
  }

  @Test
  void version() throws Exception {
    assertThat(names(answer(0, "version"))).containsExactly("version", "java", "javaHome");
  }

  private JsonNode answer(int code, String... words) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(words));
    arguments.add("--json");
    Run run =
        Run.in(
            directory,
            Map.of("FLOTILLA_HOME", directory.resolve("state").toString()),
            arguments.toArray(String[]::new));
    assertThat(run.code()).as(run.out() + run.err()).isEqualTo(code);
    return Json.mapper().readTree(run.out());
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
