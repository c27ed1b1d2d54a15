package dev.flotilla.assistant.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.assistant.router.Calibration;
import dev.flotilla.assistant.router.Policy;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Result;
import dev.flotilla.model.manifest.LoadOptions;
import dev.flotilla.model.manifest.ManifestLoader;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests are told apart by what they mean, with the embedding model itself. */
final class MeaningTest {
  @TempDir private Path state;

  private ScriptedUpstream large;
  private DoorSetup door;

  @BeforeEach
  void open() throws IOException {
    large = new ScriptedUpstream();
    door =
        new DoorSetup(
            state,
            """
            targets:
              large: {url: '%s'}
            tasks:
              light: {examples: [what time is it?, how many minutes are in a day?], target: builtin}
              heavy: {examples: [write a parser in Java, refactor this class], target: large}
            default: light
            """
                .formatted(large.url()));
  }

  @AfterEach
  void close() throws IOException {
    door.close();
    large.close();
  }

  private JsonNode routing(String text) {
    HttpResponse<String> answer = door.chat("auto", text);
    return door.explain(answer).path("routing");
  }

  @Test
  void whatMeansTheSameIsOfTheSameTask() {
    JsonNode light = routing("tell me the time please");
    assertThat(light.path("task").asText()).isEqualTo("light");
    assertThat(light.path("why").asText()).startsWith("it is most like the examples of light");
    assertThat(light.path("confidence").asDouble()).isGreaterThan(0.9);
    assertThat(routing("implement a tokenizer in Java").path("task").asText()).isEqualTo("heavy");
  }

  @Test
  void whatWasMeasuredIsInForceWithoutARestartAndWhatIsAmbiguousThenIsKept() throws IOException {
    double before = routing("tell me the time please").path("confidence").asDouble();
    new CalibrationFile(state.resolve("door"))
        .write(new Calibration(policy().fingerprint(), 1, Map.of(), 1, 0.5));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              JsonNode now = routing("tell me the time please");
              return now.path("confidence").asDouble() < before - 0.1
                  && now.path("task").asText().equals("heavy")
                  && now.path("why").asText().contains("it could as well be light");
            });
    assertThat(AmbiguousLog.read(state.resolve("door")))
        .extracting(AmbiguousLog.Line::taken)
        .contains("heavy");
  }

  private Policy policy() {
    return switch (ManifestLoader.load(state.resolve("fleet.yaml"), LoadOptions.of(Map.of()))) {
      case Result.Ok<Fleet>(Fleet fleet, var _) -> Policy.of(fleet.router().orElseThrow());
      case Result.Failed<Fleet>(var problems) -> throw new AssertionError(problems);
    };
  }
}
