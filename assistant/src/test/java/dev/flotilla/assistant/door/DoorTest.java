package dev.flotilla.assistant.door;

import static dev.flotilla.assistant.door.DoorSetup.body;
import static dev.flotilla.assistant.door.DoorSetup.json;
import static dev.flotilla.assistant.door.DoorSetup.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The door over real HTTP, before a server that does what it is told. */
final class DoorTest extends DoorCase {
  @Override
  String router() {
    return """
    targets:
      first: {url: '%1$s', key_env: SCRIPTED_KEY, input_price: 1, output_price: 2}
      again: {url: '%1$s', resume: true}
      second: {url: '%2$s', model: larger, silence: 1s}
      canary: {flag: newer}
      split: {weights: {first: 1, second: 1}}
    tasks:
      heavy_tasks: {patterns: [code_generation], target: first, fallback: second}
      picky_tasks: {target: first, fallback: second, quality: 0.6}
      light_tasks: {target: builtin}
    """
        .formatted(first.url(), second.url());
  }

  @Test
  void aRuleSendsARequestToItsTargetAndTheAnswerIsPassedOnAsItIs() {
    first.then(ScriptedUpstream.answers("from the first"));
    HttpResponse<String> answer = door.chat("auto", "a code generation task");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(said(answer)).isEqualTo("from the first");
    assertThat(answer.headers().firstValue("x-flotilla-target")).contains("first");
    assertThat(first.requests().getFirst().headers())
        .containsEntry("authorization", "Bearer sk-upstream-secret");
    JsonNode why = door.explain(answer);
    assertThat(why.at("/routing/task").asText()).isEqualTo("heavy_tasks");
    assertThat(why.at("/routing/why").asText()).contains("of heavy_tasks matches");
    assertThat(why.path("answeredBy").asText()).isEqualTo("first");
    assertThat(why.at("/usage/input").asLong()).isEqualTo(7);
    assertThat(why.path("cost").asDouble()).isEqualTo((7 * 1 + 3 * 2) / 1e6);
  }

  @Test
  void whatNoRuleSpeaksOfIsAnsweredByTheDefault() {
    assertThat(said(door.chat("auto", "what is 6 * 7?"))).contains("42");
    assertThat(first.requests()).isEmpty();
  }

  @Test
  void fallsBackWhenTheFirstFails() {
    first.then(ScriptedUpstream.fails(500, ""));
    second.then(ScriptedUpstream.answers("from the second"));
    HttpResponse<String> answer = door.chat("heavy_tasks", "x");
    assertThat(said(answer)).isEqualTo("from the second");
    assertThat(second.requests().getFirst().body()).contains("\"model\":\"larger\"");
    assertThat(door.explain(answer).path("attempts").findValuesAsText("outcome"))
        .containsExactly("failed", "answered");
  }

  @Test
  void whatMayPassIsTriedAgainAtTheSameTarget() {
    first.then(ScriptedUpstream.fails(503, ""), ScriptedUpstream.answers("now"));
    HttpResponse<String> answer = door.chat("heavy_tasks", "x");
    assertThat(said(answer)).isEqualTo("now");
    assertThat(first.requests()).hasSize(2);
  }

  @Test
  void aStreamIsPassedOnWithItsEndAndAccountedFor() {
    first.then(ScriptedUpstream.streams("one ", "two"));
    HttpResponse<String> answer = door.post("/v1/chat/completions", body("heavy_tasks", "x", true));
    assertThat(answer.body()).contains("one ").contains("two").endsWith("data: [DONE]\n\n");
    assertThat(answer.body()).doesNotContain("prompt_tokens");
    assertThat(first.requests().getFirst().body()).contains("\"include_usage\":true");
    JsonNode why = door.explain(answer);
    assertThat(why.at("/usage/output").asLong()).isEqualTo(2);
    assertThat(why.path("cost").asDouble()).isEqualTo((5 * 1 + 2 * 2) / 1e6);
  }

  @Test
  void theUsageOfAStreamIsPassedOnToWhoAsksForIt() {
    first.then(ScriptedUpstream.streams("one"));
    String body =
        body("heavy_tasks", "x", true)
            .replace(
                "\"stream\":true", "\"stream\":true,\"stream_options\":{\"include_usage\":true}");
    assertThat(door.post("/v1/chat/completions", body).body()).contains("\"prompt_tokens\":5");
  }

  @Test
  void aStreamThatBreaksBeforeItsFirstWordFallsBack() {
    first.then(ScriptedUpstream.breaksAfter(""));
    second.then(ScriptedUpstream.streams("whole"));
    String body = door.post("/v1/chat/completions", body("heavy_tasks", "x", true)).body();
    assertThat(body).contains("whole").endsWith("data: [DONE]\n\n");
  }

  @Test
  void aStreamThatBreaksLaterEndsInAClearErrorAndIsPaidFor() {
    first.then(ScriptedUpstream.breaksAfter("begun, ", "and then"));
    HttpResponse<String> answer = door.post("/v1/chat/completions", body("heavy_tasks", "x", true));
    assertThat(answer.body())
        .contains("begun, ")
        .contains("stream_broken")
        .doesNotContain("[DONE]");
    JsonNode why = door.explain(answer);
    assertThat(why.path("outcome").asText()).isEqualTo("failed");
    assertThat(why.at("/usage/output").asLong()).isPositive();
    assertThat(why.path("cost").asDouble()).isPositive();
  }

  @Test
  void aClientThatLeavesEndsTheRequestUpstream() throws Exception {
    CountDownLatch cut = new CountDownLatch(1);
    first.then(ScriptedUpstream.silentUntilCut(cut));
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
      send(client, body("first", "x", false));
      await().until(() -> first.requests().size() == 1);
    }
    assertThat(cut.await(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aClientThatLeavesAStreamEndsItUpstream() throws Exception {
    CountDownLatch cut = new CountDownLatch(1);
    first.then(
        (request, out, socket) -> {
          ScriptedUpstream.begin(out);
          ScriptedUpstream.event(out, ScriptedUpstream.delta("word"));
          ScriptedUpstream.silentUntilCut(cut).play(request, out, socket);
        });
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
      send(client, body("first", "x", true));
      InputStream in = client.getInputStream();
      StringBuilder got = new StringBuilder();
      while (!got.toString().contains("word")) {
        got.append((char) in.read());
      }
    }
    assertThat(cut.await(60, TimeUnit.SECONDS)).isTrue();
    await()
        .untilAsserted(
            () ->
                assertThat(json(door.get("/requests")).at("/requests/0/outcome").asText())
                    .isEqualTo("cancelled"));
  }

  @Test
  void oneConnectionServesManyRequestsWhoseUpstreamIsWatched() throws Exception {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
      for (int i = 0; i < 3; i++) {
        send(client, body("first", "x", false));
        String got = "";
        while (!got.contains("hello")) {
          got += (char) client.getInputStream().read();
        }
        client.getInputStream().skip(client.getInputStream().available());
      }
    }
    assertThat(first.requests()).hasSize(3);
  }

  @Test
  void anUpstreamThatSaysNothingIsGivenUp() {
    second.then(ScriptedUpstream.waitsFor(new CountDownLatch(1)));
    HttpResponse<String> answer =
        door.chat(
            "second", "x", "Flotilla-Deadline", Long.toString(System.currentTimeMillis() + 400));
    assertThat(answer.statusCode()).isEqualTo(504);
    assertThat(answer.body()).contains("deadline");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "this is no JSON | 400 | no JSON",
        "[1, 2] | 400 | list",
        "{} | 400 | messages",
        "{\"messages\":[]} | 400 | at least one message",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"temperature\":\"hot\"} | 400 | a"
            + " number from 0 to 2",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"model\":\"frist\"} | 404 | Did you"
            + " mean \"first\"",
        "{\"messages\":[{\"role\":\"king\",\"content\":\"x\"}]} | 400 | assistant",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"look\"}}],\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"lok\"}}}"
            + " | 400 | Did you mean \"look\"",
      })
  void badRequestsAreToldInOpenAisShape(String body, int status, String told) {
    HttpResponse<String> answer = door.post("/v1/chat/completions", body);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(json(answer).at("/error/message").asText()).contains(told);
    assertThat(json(answer).at("/error/type").asText()).isEqualTo("invalid_request_error");
  }

  @Test
  void garbageFromUpstreamFallsBack() {
    first.then(
        (request, out, socket) -> ScriptedUpstream.send(out, 200, "text/html", "", "<html>"));
    second.then(ScriptedUpstream.answers("fine"));
    assertThat(said(door.chat("heavy_tasks", "x"))).isEqualTo("fine");
  }

  @Test
  void halfACharacterFromUpstreamIsAnError() {
    first.then(
        (request, out, socket) -> {
          ScriptedUpstream.begin(out);
          ScriptedUpstream.event(out, ScriptedUpstream.delta("good"));
          byte[] half = "data: \"ä".getBytes(StandardCharsets.UTF_8);
          out.write(
              (Integer.toHexString(half.length + 1) + "\r\n").getBytes(StandardCharsets.UTF_8));
          out.write(half, 0, half.length - 1);
          out.write("\n\n\r\n".getBytes(StandardCharsets.UTF_8));
          out.flush();
        });
    String body = door.post("/v1/chat/completions", body("first", "x", true)).body();
    assertThat(body).contains("good").contains("no UTF-8").doesNotContain("[DONE]");
  }

  @Test
  void anErrorOfTheRequestItselfIsPassedOn() {
    first.then(ScriptedUpstream.fails(400, ""));
    HttpResponse<String> answer = door.chat("first", "x");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).at("/error/message").asText()).isEqualTo("scripted 400");
  }

  @Test
  void aFlagChoosesTheTarget() {
    first.then(ScriptedUpstream.answers("one"));
    assertThat(said(door.chat("canary", "x"))).isEqualTo("one");
  }

  @Test
  void weightsSpreadSessionsAndKeepEachWhereItIs() {
    for (int i = 0; i < 40; i++) {
      door.chat("split", "x", "X-Flotilla-Session", "s" + i % 20);
    }
    assertThat(first.requests().size()).isBetween(8, 32).isEven();
    assertThat(first.requests().size() + second.requests().size()).isEqualTo(40);
  }

  @Test
  void anotherManifestRoutesOtherwiseWithoutARestart() throws IOException {
    door.router("tasks: {all: {target: builtin}}");
    await()
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(
            () -> assertThat(door.get("/v1/models").body()).doesNotContain("heavy_tasks"));
  }

  @Test
  void aServerThatKnowsNoStreamsIsStreamedAllTheSame() {
    first.then(ScriptedUpstream.answers("all at once"));
    String body = door.post("/v1/chat/completions", body("first", "x", true)).body();
    assertThat(body).contains("\"delta\":{\"role\":\"assistant\",\"content\":\"all at once\"}");
    assertThat(body).endsWith("data: [DONE]\n\n");
  }

  @Test
  void anAnswerThatIsTooWeakGoesUp() {
    first.then(ScriptedUpstream.answers(""));
    second.then(ScriptedUpstream.answers("better"));
    HttpResponse<String> answer = door.chat("picky_tasks", "x");
    assertThat(said(answer)).isEqualTo("better");
    assertThat(door.explain(answer).path("attempts").findValuesAsText("outcome"))
        .containsExactly("too weak", "answered");
  }

  @Test
  void aStreamThatMayGoOnDoes() {
    first.then(
        ScriptedUpstream.breaksAfter("begun, "), ScriptedUpstream.streams("and ", "finished"));
    HttpResponse<String> answer = door.post("/v1/chat/completions", body("again", "x", true));
    assertThat(answer.body()).contains("begun, ").contains("finished").endsWith("[DONE]\n\n");
    assertThat(first.requests().getLast().body())
        .contains("{\"role\":\"assistant\",\"content\":\"begun, \"}");
  }

  @Test
  void namesOfModelsThatClientsMakeUpDoNotFillTheMetrics() {
    for (int i = 0; i < 220; i++) {
      door.chat("again/model-" + i, "x");
    }
    assertThat(door.get("/metrics").body())
        .contains("target=\"again/model-7\"")
        .contains(
            "flotilla_request_attempts_total{outcome=\"answered\",target=\"again/other\"} 20.0");
  }

  @Test
  void theModelsAreListed() {
    assertThat(json(door.get("/v1/models")).path("data").findValuesAsText("id"))
        .containsExactly(
            "auto",
            "builtin",
            "first",
            "again",
            "second",
            "canary",
            "split",
            "heavy_tasks",
            "picky_tasks",
            "light_tasks");
    assertThat(json(door.get("/v1/models/first")).path("id").asText()).isEqualTo("first");
    assertThat(door.get("/v1/models/none").statusCode()).isEqualTo(404);
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedInOpenAisShape() {
    HttpResponse<String> answer = door.post("/v1/chat/completions", "x".repeat(9 << 20));
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(json(answer).at("/error/type").asText()).isEqualTo("invalid_request_error");
  }
}
