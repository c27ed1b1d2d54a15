package dev.flotilla.cli.ask;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.Run;
import dev.flotilla.model.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouterEvaluateTest {
  private static final Path EXAMPLE = Path.of("..", "examples", "router");

  @TempDir private Path folder;

  private Run evaluate(Path directory, String... more) {
    String[] words = new String[more.length + 3];
    words[0] = "router";
    words[1] = "evaluate";
    words[2] = "requests.jsonl";
    System.arraycopy(more, 0, words, 3, more.length);
    return Run.in(directory, Map.of("FLOTILLA_HOME", folder.resolve("state").toString()), words);
  }

  @Test
  void theExampleIsMeasuredAndWhatTheRouterIsSureOfIsRight() throws Exception {
    Run run = evaluate(EXAMPLE, "--save", "--json");
    assertThat(run.code()).as(run.err()).isZero();
    JsonNode evaluation = Json.mapper().readTree(run.out());
    JsonNode examples = evaluation.path("decided").path("the examples");
    assertThat(examples.path("all").asInt()).isGreaterThan(20);
    assertThat(examples.path("right").asInt() * 10)
        .isGreaterThanOrEqualTo(examples.path("all").asInt() * 9);
    assertThat(folder.resolve("state/routed/door/calibration.json")).isNotEmptyFile();
    JsonNode reliability = evaluation.path("reliability");
    assertThat(reliability.path("error").asDouble())
        .isLessThan(reliability.path("chance").path("most").asDouble());
    assertThat(reliability.path("brier").asDouble())
        .isLessThan(evaluation.path("before").path("brier").asDouble());
  }

  @Test
  void nobodyAskedYetAndTheRouterWasSureOfAll() {
    Run run =
        Run.in(
            EXAMPLE,
            Map.of("FLOTILLA_HOME", folder.resolve("state").toString()),
            "router",
            "ambiguous");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("sure of every request");
  }

  @Test
  void aLineThatCannotBeReadIsNamed() throws Exception {
    Files.copy(EXAMPLE.resolve("fleet.yaml"), folder.resolve("fleet.yaml"));
    Files.writeString(
        folder.resolve("requests.jsonl"),
        "{\"text\": \"x\", \"task\": \"fleet\"}\n{\"text\": \"y\", \"task\": \"flet\"}\n");
    Run run = evaluate(folder);
    assertThat(run.code()).isNotZero();
    assertThat(run.err()).contains("line 2").contains("flet");
  }
}
