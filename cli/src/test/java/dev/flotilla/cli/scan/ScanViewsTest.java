package dev.flotilla.cli.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.Run;
import dev.flotilla.cli.screen.Screen;
import dev.flotilla.model.Json;
import dev.flotilla.scan.view.View;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScanViewsTest {
  @TempDir Path directory = Path.of("");
  @TempDir Path home = Path.of("");

  @BeforeEach
  void write() throws IOException {
    file(
        "pc2_code/config/startup_config.yaml",
        """
        pc2_services:
        - name: Memory
          script_path: pc2_code/memory.py
          port: 7400
        - name: Gone
          script_path: pc2_code/gone.py
          port: 7400
          dependencies: [Memory]
        """);
    file(
        "pc2_code/memory.py",
        """
        import zmq
        import pc2_code.other
        import torch
        x = torch.zeros(1).to('cuda')
        s = zmq.Context().socket(zmq.REP)
        s.bind('tcp://*:7401')
        # TODO: mend
        password = 'hunter2hunter2'
        """);
    file("pc2_code/other.py", "import pc2_code.memory\n");
    file("pc2_code/requirements.txt", "numpy\nnumpy\n");
    file("old/x.py", "x = 1\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ports",
        "cycles",
        "requirements",
        "duplicates",
        "secrets",
        "gpu",
        "topology",
        "drift",
        "critical",
        "todos",
        "backups",
        "inventory"
      })
  void eachAnswersInWordsInCsvAndInJson(String view) throws IOException {
    assertThat(run(view).code()).isZero();
    assertThat(run(view).out()).isNotBlank();
    Run json = run(view, "--json");
    assertThat(json.code()).isZero();
    assertThat(Json.mapper().readTree(json.out()).isArray()).isTrue();
    Run csv = run(view, "--csv");
    assertThat(csv.code()).as(csv.err()).isZero();
    JsonNode rows = Json.mapper().readTree(json.out());
    assertThat(csv.out().lines().count()).isGreaterThanOrEqualTo(rows.size() + 1L);
  }

  @Test
  void theyFindWhatIsThere() {
    assertThat(run("ports").out()).contains("7400", "Memory", "7401");
    assertThat(run("cycles").out()).contains("memory.py → pc2_code/other.py");
    assertThat(run("drift").out()).contains("Gone@pc2", "critical FLT311", "findings: ");
    assertThat(run("gpu").out()).contains("Memory", "cuda");
    assertThat(run("todos").out()).contains("TODO: mend", "1 finding: 1 low");
    assertThat(run("secrets").out()).contains("FLT201").doesNotContain("hunter2hunter2");
    assertThat(run("duplicates").out()).contains("Nothing found.");
  }

  @Test
  void rowsOfOneMachineOnly() {
    assertThat(run("ports", "--machine", "pc2").out()).contains("7400");
    Run wrong = run("ports", "--machine", "pc3");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("--machine pc3").contains("pc2");
    assertThat(run("cycles", "--machine", "pc2").err()).contains("Leave --machine out");
  }

  @Test
  void nothingIsWiderThanTheScreen() {
    String path = "main_pc_code/agents/" + "very_".repeat(30) + "long.py:12";
    String words = "a sentence that goes on " + "and on ".repeat(30);
    View.Rows findings =
        new View.Rows(
            List.of("severity", "rule", "machine", "place", "what"),
            List.of(
                List.of("low", "FLT141", "pc2", path, words),
                List.of("critical", "FLT311", "mainpc", "a.py:1", "short")));
    View.Rows table =
        new View.Rows(
            List.of("machine", "port", "place", "host"),
            List.of(List.of("pc2", "80", path, path), List.of("mainpc", "5555", "a.py", "*")));

    String first = printed(findings, 80);
    String second = printed(table, 80);

    assertThat(first.lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(81));
    assertThat(first)
        .startsWith("critical FLT311")
        .contains("long.py:12")
        .endsWith("1 critical, 1 low\n");
    assertThat(second.lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(81));
    assertThat(second).contains("long.py:12");
    assertThat(printed(table, Integer.MAX_VALUE)).contains(path);
  }

  @Test
  void aDiagramOutOfDateIsSaid() throws IOException {
    assertThat(run("diagram", "-o", "fleet.svg").code()).isZero();
    assertThat(run("diagram", "--validate", "fleet.svg").code()).isZero();
    assertThat(run("diagram", "--of", "sockets", "-o", "s.mmd").code()).isZero();
    assertThat(directory.resolve("s.mmd")).content().startsWith("flowchart LR");
    Files.writeString(
        directory.resolve("pc2_code/config/startup_config.yaml"),
        "pc2_services:\n- name: Other\n  script_path: pc2_code/other.py\n  port: 7500\n");
    Run old = run("diagram", "--validate", "fleet.svg");
    assertThat(old.code()).isEqualTo(1);
    assertThat(old.out()).contains("fleet.svg is out of date. Make it: flotilla scan diagram -o");
    assertThat(run("diagram", "--validate", "none.svg").code()).isEqualTo(1);
    assertThat(run("diagram", "--as", "sgv").err()).contains("Did you mean svg?");
    assertThat(run("diagram", "-o", "none/fleet.svg").code()).isEqualTo(2);
  }

  private static String printed(View.Rows rows, int width) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    RowsText.print(new Screen(print, print, false, false, () -> width), rows);
    return out.toString(StandardCharsets.UTF_8);
  }

  private Run run(String view, String... words) {
    List<String> all = new java.util.ArrayList<>(List.of("scan", view));
    all.addAll(List.of(words));
    return Run.in(directory, Map.of("FLOTILLA_HOME", home.toString()), all.toArray(String[]::new));
  }

  private void file(String path, String text) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
