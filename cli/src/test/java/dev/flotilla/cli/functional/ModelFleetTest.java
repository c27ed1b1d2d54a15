package dev.flotilla.cli.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models from the outside: asked for through the door, run by a node, with all that goes wrong. */
@Tag("slow")
@Tag("external")
class ModelFleetTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir static Path folder;
  private static ModelFleet fleet;

  @BeforeAll
  static void up() throws Exception {
    fleet =
        ModelFleet.up(
            folder,
            """
            tiny: {source: tiny.gguf, context: 256}
            base: {command: 'python3 model_server.py ${port}', vram: 1GB, cards: [0], preload: true}
            killed: {command: 'python3 model_server.py ${port}', vram: 1GB, cards: [0]}
            hung: {command: 'python3 model_server.py ${port}', vram: 1GB, cards: [0]}
            kept: {command: 'python3 model_server.py ${port}', vram: 1GB, cards: [0]}
            short: {command: 'python3 model_server.py ${port}', vram: 1GB, idle_timeout: 1s}
            small: {command: 'python3 model_server.py ${port}', vram: 9GB, cards: [1]}
            late: {command: 'sh -c "until [ -e go ]; do sleep 0.1; done; exec python3 model_server.py ${port}"', vram: 1GB}
            huge: {command: 'python3 model_server.py ${port}', vram: 50GB}
            ends: {command: 'python3 -c "import sys; sys.exit(3)"', vram: 1GB}
            never: {command: 'sleep 1000', vram: 1GB, load_timeout: 1s}
            hungry:
              command: python3 model_server.py ${port}
              vram: 1GB
              env: {HUNGER_MIB: '600'}
              limits: {memory: 150MB}
            """);
  }

  /** Nothing is left of what the pool loaded by itself either. */
  @AfterAll
  static void down() throws Exception {
    if (fleet != null) {
      ProcessHandle preloaded = fleet.server("base");
      fleet.close();
      assertThat(preloaded.onExit().get(30, TimeUnit.SECONDS).isAlive()).isFalse();
    }
  }

  @Test
  void aQuestionThroughTheDoorLoadsItsModelAndGivesItBack() throws Exception {
    assertThat(fleet.server("short").isAlive()).isTrue();
    HttpResponse<String> stream = fleet.ask("kept", true);
    assertThat(stream.body()).contains("data: [DONE]").contains("chat.completion.chunk");
    await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(fleet.model("kept").path("leases").asInt(-1)).isZero());
  }

  @Test
  void llamaCppInsideAnswersThroughTheDoor() throws Exception {
    HttpResponse<String> answer = fleet.ask("tiny", false);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("\"completion_tokens\"");
    JsonNode tiny = fleet.model("tiny");
    assertThat(tiny.path("state").asText()).isEqualTo("ready");
    assertThat(tiny.path("card").asText()).endsWith("/cpu");
    Run explained = fleet.run("ask", "--explain", "--model", "tiny", "hello");
    assertThat(explained.code()).as(explained.err()).isZero();
    assertThat(explained.out()).contains("tiny answered after");
  }

  @Test
  void aServerThatIsKilledIsMissedAndLoadedAnewForTheNext() throws Exception {
    ProcessHandle first = fleet.server("killed");
    first.destroyForcibly();
    await().atMost(LONG).until(() -> fleet.is("killed", "failed"));
    assertThat(fleet.model("killed").path("reason").asText()).contains("signal 9");
    assertThat(fleet.server("killed").pid()).isNotEqualTo(first.pid());
  }

  @Test
  void aServerThatHangsIsEndedAndLoadedAnewForTheNext() throws Exception {
    ProcessHandle first = fleet.server("hung");
    assertThat(new ProcessBuilder("kill", "-STOP", Long.toString(first.pid())).start().waitFor())
        .isZero();
    await().atMost(LONG).until(() -> !fleet.is("hung", "ready"));
    assertThat(fleet.server("hung").pid()).isNotEqualTo(first.pid());
    assertThat(first.onExit().get(30, TimeUnit.SECONDS).isAlive()).isFalse();
  }

  @Test
  void aServiceThatIsKilledTakesItsServersOverWithoutLoadingThemAnew() throws Exception {
    await().atMost(LONG).until(() -> fleet.is("base", "ready"));
    ProcessHandle base = fleet.server("base");
    ProcessHandle kept = fleet.server("kept");
    ProcessHandle service = fleet.process("ModelManagerSuite");
    service.destroyForcibly();
    service.onExit().get(30, TimeUnit.SECONDS);
    await()
        .atMost(LONG)
        .until(
            () -> {
              String state = fleet.model("kept").path("state").asText();
              assertThat(state).as("while it is not known").isIn("", "unknown", "ready");
              return state.equals("ready");
            });
    assertThat(List.of(fleet.server("base").pid(), fleet.server("kept").pid()))
        .containsExactly(base.pid(), kept.pid());
  }

  /** Nobody would have answered before the deadline, which is minutes away. */
  @Test
  void whoWaitsForAModelWhenTheServiceIsKilledIsServedByTheNext() throws Exception {
    CompletableFuture<HttpResponse<String>> answer =
        CompletableFuture.supplyAsync(() -> askUnchecked("late"));
    await().atMost(LONG).until(() -> fleet.is("late", "loading"));
    ProcessHandle service = fleet.process("ModelManagerSuite");
    service.destroyForcibly();
    service.onExit().get(30, TimeUnit.SECONDS);
    Files.createFile(folder.resolve("go"));
    HttpResponse<String> answered = answer.get(60, TimeUnit.SECONDS);
    assertThat(answered.statusCode()).as(answered.body()).isEqualTo(200);
    String id = answered.headers().firstValue("x-request-id").orElseThrow();
    assertThat(fleet.explained(id)).contains("ModelManagerSuite ended while it was at acquire");
  }

  private static HttpResponse<String> askUnchecked(String model) {
    try {
      return fleet.ask(model, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anIdleModelLeaves() throws Exception {
    ProcessHandle server = fleet.server("short");
    await().atMost(LONG).until(() -> fleet.is("short", "absent"));
    assertThat(server.isAlive()).isFalse();
  }

  @Test
  void memoryTakenByAStrangerHasModelsLeaveAndIsNotPromisedAgain() throws Exception {
    ProcessHandle server = fleet.server("small");
    try {
      fleet.othersTake(0, 11_000);
      await().atMost(LONG).until(() -> fleet.is("small", "absent"));
      assertThat(server.isAlive()).isFalse();
      assertThat(fleet.run("models", "load", "small").err())
          .contains("small does not fit", "9 GiB declared", "10.7 GiB taken by others");
      assertThat(fleet.run("models").out()).contains("of 12 GiB");
    } finally {
      fleet.othersTake(0, 0);
    }
    await().atMost(LONG).until(() -> fleet.run("models", "load", "small").code() == 0);
  }

  @Test
  void whatCannotBeLoadedIsRefusedWithItsReason() throws Exception {
    assertThat(fleet.run("models", "load", "huge").err())
        .contains("huge does not fit", "50 GiB declared", "90 % of 24 GiB");
    assertThat(fleet.run("models", "load", "ends").err())
        .contains("ends could not be loaded", "exit 3", "flotilla logs model-ends");
    assertThat(fleet.run("models", "load", "never").err())
        .contains("never could not be loaded", "load_timeout", "flotilla logs model-never");
    assertThat(fleet.run("models", "load", "hungry").err())
        .contains("hungry could not be loaded", "out of memory");
    HttpResponse<String> refused = fleet.ask("huge", false);
    assertThat(refused.statusCode()).isBetween(400, 599);
    assertThat(refused.body()).contains("huge does not fit").contains("\"error\"");
  }
}
