package dev.flotilla.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.Run;
import dev.flotilla.cli.screen.Screen;
import dev.flotilla.model.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsCommandTest {
  @TempDir Path folder;

  @Test
  void aSampleIsWrittenOnceAndCanBeEstimated() throws Exception {
    Run written = Run.in(folder, "models", "sample", "tiny.gguf");
    assertThat(written.code()).as(written.err()).isZero();
    assertThat(written.out()).contains("random weights, 453.8 KiB");
    assertThat(Run.in(folder, "models", "sample", "tiny.gguf").err()).contains("there already");
    assertThat(Run.in(folder, "models", "sample", "tiny.bin").code()).isEqualTo(2);

    Run estimate = Run.in(folder, "models", "estimate", "tiny.gguf", "--context", "256");
    assertThat(estimate.out())
        .isEqualTo("tiny.gguf: 445.3 KiB weights + 64 KiB cache + 301.6 MiB buffers = 302.1 MiB\n");
    JsonNode json =
        Json.mapper().readTree(Run.in(folder, "--json", "models", "estimate", "tiny.gguf").out());
    assertThat(json.path("parts").path("cache").asLong()).isEqualTo(128 << 10);
  }

  @Test
  void badFilesAreToldApart() throws Exception {
    Files.writeString(folder.resolve("text.gguf"), "this is no model at all");
    assertThat(Run.in(folder, "models", "estimate", "text.gguf").err())
        .contains("text.gguf starts with");
    assertThat(Run.in(folder, "models", "estimate", "none.gguf").err())
        .contains("there is no file");
    assertThat(Run.in(folder, "models", "estimate", "x.gguf", "--context", "-1").code())
        .isEqualTo(2);
  }

  @Test
  void withoutAFleetItIsSaidWhatToDo() {
    Run run = Run.in(folder, "models");
    assertThat(run.code()).isNotZero();
    assertThat(run.err()).contains("flotilla up");
  }

  @Test
  void howWellModelsWereLoadedAheadIsShownOnceSomeWere() throws Exception {
    assertThat(
            ModelsCommand.foresight(
                Json.mapper().readTree("{\"loaded\": 4, \"used\": 3, \"wasted\": 1}")))
        .hasValueSatisfying(
            line ->
                assertThat(line.strip())
                    .isEqualTo("Loaded ahead: 4, of which 75 % were used (3) and 1 left unused."));
    assertThat(ModelsCommand.foresight(Json.mapper().readTree("{\"loaded\": 0}"))).isEmpty();
  }

  @Test
  void barsShowWhoHoldsACard() throws Exception {
    JsonNode cards =
        Json.mapper()
            .readTree(
                """
                [{"card":"pc/0","name":"RTX 4090","total":25769803776,"held":12884901888,
                  "others":1,"models":["a","b"]},
                 {"card":"pc/1","name":"RTX 3060","total":12884901888,"held":0,
                  "others":0,"models":[]}]
                """);
    Screen screen =
        Screen.plain(
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
    assertThat(CardBars.of(cards, screen))
        .containsExactly(
            "pc/0  RTX 4090  ██████████████▒░░░░░░░░░░░░░  12.0 GiB of 24 GiB      a, b",
            "pc/1  RTX 3060  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░  0 B of 12 GiB",
            "█ models  ▒ others  ░ free");
  }
}
