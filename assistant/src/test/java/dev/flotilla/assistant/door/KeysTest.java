package dev.flotilla.assistant.door;

import static dev.flotilla.assistant.door.DoorSetup.body;
import static dev.flotilla.assistant.door.DoorSetup.json;
import static dev.flotilla.assistant.door.DoorSetup.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys, budgets, rates and repetitions, over real HTTP. */
final class KeysTest extends DoorCase {
  @Override
  String router() {
    return """
    targets:
      up: {url: '%1$s', input_price: 1, output_price: 2}
      other: {url: '%1$s'}
    tasks:
      all: {target: up, fallback: builtin}
    """
        .formatted(first.url());
  }

  @Override
  String config() {
    return "requireKey: true";
  }

  private String owner() throws IOException {
    return Files.readString(state.resolve("door/owner.key"));
  }

  private String[] as(String secret) {
    return new String[] {"Authorization", "Bearer " + secret};
  }

  private String key(String name, String more) throws IOException {
    HttpResponse<String> made =
        door.post("/keys", "{\"name\":\"" + name + "\"" + more + "}", as(owner()));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
    return json(made).path("secret").asText();
  }

  @Test
  void withoutAKeyNobodyComesIn() throws IOException {
    HttpResponse<String> none = door.chat("auto", "x");
    assertThat(none.statusCode()).isEqualTo(401);
    assertThat(json(none).at("/error/code").asText()).isEqualTo("invalid_api_key");
    assertThat(door.chat("auto", "x", as("sk-foreign")).statusCode()).isEqualTo(401);
    assertThat(door.chat("auto", "x", as(key("app", ""))).statusCode()).isEqualTo(200);
    assertThat(door.post("/keys", "{\"name\":\"y\"}", as(key("b", ""))).statusCode())
        .isEqualTo(403);
  }

  @Test
  void secretsAreNowhereOnDiskButTheOwners() throws IOException {
    String secret = key("app", "");
    door.chat("auto", "x", as(secret));
    try (Stream<Path> files = Files.walk(state)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(secret);
      }
    }
    assertThat(Files.getPosixFilePermissions(state.resolve("door/owner.key")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void aRevokedKeyIsNone() throws IOException {
    String secret = key("app", "");
    assertThat(
            door.send(
                    HttpRequest.newBuilder(URI.create(door.url() + "/keys/app")).DELETE(),
                    as(owner()))
                .statusCode())
        .isEqualTo(200);
    assertThat(door.chat("auto", "x", as(secret)).statusCode()).isEqualTo(401);
  }

  @Test
  void aBudgetOfTokensEndsRequestsAlsoAfterARestart() throws IOException {
    String secret = key("app", ",\"tokensADay\":24");
    assertThat(door.chat("auto", "x", as(secret)).statusCode()).isEqualTo(200);
    assertThat(door.chat("auto", "x", as(secret)).statusCode()).isEqualTo(200);
    door.restart();
    HttpResponse<String> third = door.chat("auto", "x", as(secret));
    assertThat(third.statusCode()).isEqualTo(429);
    assertThat(json(third).at("/error/code").asText()).isEqualTo("insufficient_quota");
    assertThat(json(third).at("/error/message").asText()).contains("20 of 24 tokens of today");
    assertThat(third.headers().firstValue("retry-after")).isPresent();
  }

  @Test
  void aStreamCountsAlsoWhenItBreaks() throws IOException {
    String secret = key("app", ",\"money\":0.00001");
    first.then(ScriptedUpstream.breaksAfter("a long answer that has many words in it, ", "more"));
    door.post("/v1/chat/completions", body("up", "x", true), as(secret));
    HttpResponse<String> next = door.chat("up", "x", as(secret));
    assertThat(next.statusCode()).isEqualTo(429);
    assertThat(json(door.get("/keys", as(owner()))).at("/keys/0/used/tokens").asLong())
        .isGreaterThan(10);
  }

  @Test
  void aKeyIsHeldToItsModelsAndOperations() throws IOException {
    String models = key("app", ",\"models\":[\"builtin\"]");
    assertThat(door.chat("up", "x", as(models)).statusCode()).isEqualTo(403);
    assertThat(said(door.chat("auto", "what is 1 + 1?", as(models)))).contains("2");
    assertThat(first.requests()).isEmpty();
    String embeddings = key("e", ",\"operations\":[\"embedding\"]");
    assertThat(door.chat("auto", "x", as(embeddings)).statusCode()).isEqualTo(403);
  }

  @Test
  void whoAsksTooFastIsToldWhenToComeBack() throws IOException {
    String secret = key("app", ",\"requestsAMinute\":2");
    door.chat("auto", "x", as(secret));
    door.chat("auto", "x", as(secret));
    HttpResponse<String> third = door.chat("auto", "x", as(secret));
    assertThat(third.statusCode()).isEqualTo(429);
    assertThat(Long.parseLong(third.headers().firstValue("retry-after").orElseThrow()))
        .isBetween(1L, 60L);
  }

  @Test
  void theJudgeAndAnswersThatWereTooWeakAreChargedToTheKey() throws IOException {
    reopen(
        """
        targets:
          up: {url: '%1$s', input_price: 1, output_price: 2}
          other: {url: '%1$s'}
          judge: {url: '%1$s', input_price: 10, output_price: 10}
        judge: judge
        tasks:
          all: {target: up, fallback: other, quality: 0.6}
        """
            .formatted(first.url()),
        config());
    first.then(
        ScriptedUpstream.answers("weak"),
        ScriptedUpstream.answers("0.3"),
        ScriptedUpstream.answers("strong"),
        ScriptedUpstream.answers("0.9"));
    String secret = key("app", "");
    HttpResponse<String> answer = door.chat("auto", "x", as(secret));
    assertThat(said(answer)).isEqualTo("strong");
    JsonNode explained = door.explain(answer);
    assertThat(explained.path("attempts").valueStream().map(a -> a.path("outcome").asText()))
        .containsExactly("judged", "too weak", "judged", "answered");
    assertThat(explained.at("/usage/input").asLong()).isEqualTo(7);
    assertThat(explained.at("/beside/input").asLong()).isEqualTo(21);
    assertThat(explained.at("/beside/output").asLong()).isEqualTo(9);
    JsonNode used = json(door.get("/keys", as(owner()))).at("/keys/0/used");
    assertThat(used.path("tokens").asLong()).isEqualTo(40);
    assertThat(used.path("money").asDouble())
        .isEqualTo(explained.path("cost").asDouble())
        .isPositive();
  }

  @Test
  void aRepetitionGetsTheSameAnswerAndIsNotAskedAgain() throws IOException {
    String[] headers = {"Authorization", "Bearer " + owner(), "Idempotency-Key", "k1"};
    HttpResponse<String> one = door.chat("up", "x", headers);
    HttpResponse<String> again = door.chat("up", "x", headers);
    assertThat(again.body()).isEqualTo(one.body());
    assertThat(again.headers().firstValue("idempotent-replay")).contains("true");
    assertThat(first.requests()).hasSize(1);
    HttpResponse<String> other = door.chat("up", "other", headers);
    assertThat(other.statusCode()).isEqualTo(400);
    assertThat(json(other).at("/error/code").asText()).isEqualTo("idempotency_key_reused");
  }

  @Test
  void aStreamWithAnIdempotencyKeyIsAskedOnceUnlessItBroke() throws IOException {
    String[] headers = {"Authorization", "Bearer " + owner(), "Idempotency-Key", "k1"};
    String body = body("up", "x", true);
    first.then(ScriptedUpstream.breaksAfter("begun"), ScriptedUpstream.streams("whole"));
    assertThat(door.post("/v1/chat/completions", body, headers).body()).contains("stream_broken");
    assertThat(door.post("/v1/chat/completions", body, headers).body()).contains("[DONE]");
    HttpResponse<String> third = door.post("/v1/chat/completions", body, headers);
    assertThat(third.statusCode()).isEqualTo(409);
    assertThat(json(third).at("/error/code").asText()).isEqualTo("already_streamed");
    assertThat(first.requests()).hasSize(2);
  }

  private HttpResponse<String> manage(String method, String path, String body) throws IOException {
    return door.send(
        HttpRequest.newBuilder(URI.create(door.url() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body)),
        as(owner()));
  }

  @Test
  void aKeyGetsAnotherSecretAndKeepsWhatItHasUsed() throws IOException {
    String old = key("app", ",\"tokensADay\":24");
    door.chat("auto", "x", as(old));
    HttpResponse<String> rotated = manage("POST", "/keys/app/rotate", "");
    String fresh = json(rotated).path("secret").asText();
    assertThat(fresh).isNotEqualTo(old).startsWith("flk-");
    assertThat(door.chat("auto", "x", as(old)).statusCode()).isEqualTo(401);
    assertThat(door.chat("auto", "x", as(fresh)).statusCode()).isEqualTo(200);
    door.restart();
    assertThat(door.chat("auto", "x", as(old)).statusCode()).isEqualTo(401);
    assertThat(door.chat("auto", "x", as(fresh)).statusCode()).isEqualTo(429);
    assertThat(manage("POST", "/keys/ap/rotate", "").body()).contains("Did you mean app");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"name\":\"x\",\"operations\":[\"chta\"] | 400 | Did you mean chat",
        "\"name\":\"x\",\"moneyADay\":-1 | 400 | more than 0",
        "\"name\":\"x\",\"requestsAMinute\":0 | 400 | more than 0",
        "\"name\":\"x\",\"tokens\":\"many\" | 400 | no key",
        "\"name\":\"a b\" | 400 | letters, digits",
        "\"name\":\"local\" | 409 | a name of its own",
        "\"name\":\"owner\" | 409 | a name of its own",
      })
  void aKeyNobodyCouldUseIsNotMade(String fields, int status, String told) throws IOException {
    HttpResponse<String> answer = manage("POST", "/keys", "{" + fields + "}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(told);
    assertThat(json(door.get("/keys", as(owner()))).path("keys")).isEmpty();
  }

  @Test
  void aKeyWithRatesIsToldWhatIsLeftOfThem() throws IOException {
    String secret = key("app", ",\"requestsAMinute\":60,\"tokensAMinute\":15");
    HttpHeaders told = door.chat("up", "x", as(secret)).headers();
    assertThat(told.firstValue("x-ratelimit-limit-requests")).contains("60");
    assertThat(told.firstValue("x-ratelimit-remaining-requests")).contains("59");
    assertThat(told.firstValue("x-ratelimit-reset-requests").orElseThrow()).endsWith("ms");
    assertThat(told.firstValue("x-ratelimit-remaining-tokens").map(Integer::parseInt).orElseThrow())
        .isBetween(5, 6);
    door.chat("up", "x", as(secret));
    HttpResponse<String> away = door.chat("up", "x", as(secret));
    assertThat(away.statusCode()).isEqualTo(429);
    assertThat(json(away).at("/error/type").asText()).isEqualTo("tokens");
    assertThat(json(away).at("/error/code").asText()).isEqualTo("rate_limit_exceeded");
    assertThat(away.headers().firstValue("retry-after")).isPresent();
  }

  @Test
  void modelsAreShownToWhoMayAskThemAlone() throws IOException {
    assertThat(door.get("/v1/models").statusCode()).isEqualTo(401);
    String secret = key("app", ",\"models\":[\"other\"]");
    assertThat(json(door.get("/v1/models", as(secret))).path("data").findValuesAsText("id"))
        .containsExactly("auto", "other");
    assertThat(door.get("/v1/models/up", as(secret)).statusCode()).isEqualTo(404);
    assertThat(door.get("/v1/models/other/large", as(secret)).statusCode()).isEqualTo(200);
    assertThat(door.chat("other/large", "x", as(secret)).statusCode()).isEqualTo(200);
    assertThat(door.chat("up/large", "x", as(secret)).statusCode()).isEqualTo(403);
  }

  @Test
  void aKeySeesItsOwnRequestsExplainedAndTheOwnerAll() throws IOException {
    String mine = key("mine", "");
    String other = key("other", "");
    HttpResponse<String> answer = door.chat("up", "x", as(mine));
    String path = "/requests/" + answer.headers().firstValue("x-request-id").orElseThrow();
    door.chat("up", "x", as(other));
    assertThat(door.get(path).statusCode()).isEqualTo(401);
    assertThat(door.get(path, as(mine)).statusCode()).isEqualTo(200);
    assertThat(door.get(path, as(other)).statusCode()).isEqualTo(404);
    assertThat(door.get(path, as(owner())).statusCode()).isEqualTo(200);
    assertThat(json(door.get("/requests", as(other))).path("requests").findValuesAsText("key"))
        .containsExactly("other");
    assertThat(json(door.get("/requests", as(owner()))).path("requests").findValuesAsText("key"))
        .containsExactly("other", "mine");
  }

  /** However many come at once, what they reserve is within the budget. */
  @Test
  void requestsAtOnceDoNotTakeMoreThanTheBudgetTogether() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    first.then(
        (request, out, socket) -> {
          go.await();
          ScriptedUpstream.text(out, "hello");
        });
    String secret = key("app", ",\"tokens\":100");
    String body = body("up", "x", false).replace("{\"model", "{\"max_tokens\":25,\"model");
    List<CompletableFuture<Integer>> asked = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      asked.add(
          CompletableFuture.supplyAsync(
              () -> door.post("/v1/chat/completions", body, as(secret)).statusCode(),
              Executors.newVirtualThreadPerTaskExecutor()));
    }
    await().until(() -> asked.stream().filter(CompletableFuture::isDone).count() == 17);
    go.countDown();
    List<Integer> statuses = new ArrayList<>();
    for (CompletableFuture<Integer> each : asked) {
      statuses.add(each.get(30, TimeUnit.SECONDS));
    }
    assertThat(Collections.frequency(statuses, 200)).isEqualTo(3);
    assertThat(Collections.frequency(statuses, 429)).isEqualTo(17);
    assertThat(first.requests()).hasSize(3);
  }

  @Test
  void severalAnswersAreReservedForAsSeveral() throws IOException {
    String secret = key("app", ",\"tokens\":100");
    String body = body("up", "x", false).replace("{\"model", "{\"n\":4,\"max_tokens\":25,\"model");
    assertThat(door.post("/v1/chat/completions", body, as(secret)).statusCode()).isEqualTo(429);
    assertThat(first.requests()).isEmpty();
  }

  @Test
  void aClientThatLeavesAStreamPaysForWhatWasSaid() throws Exception {
    String secret = key("app", ",\"tokens\":1000");
    CountDownLatch cut = new CountDownLatch(1);
    first.then(
        (request, out, socket) -> {
          ScriptedUpstream.begin(out);
          ScriptedUpstream.event(
              out, ScriptedUpstream.delta("forty letters are about ten tokens, or so"));
          ScriptedUpstream.silentUntilCut(cut).play(request, out, socket);
        });
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
      String body = body("up", "x", true);
      client
          .getOutputStream()
          .write(
              ("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                      + secret
                      + "\r\nContent-Length: "
                      + body.length()
                      + "\r\n\r\n"
                      + body)
                  .getBytes(StandardCharsets.UTF_8));
      StringBuilder got = new StringBuilder();
      while (!got.toString().contains("or so")) {
        got.append((char) client.getInputStream().read());
      }
    }
    assertThat(cut.await(60, TimeUnit.SECONDS)).isTrue();
    await()
        .untilAsserted(
            () ->
                assertThat(json(door.get("/keys", as(owner()))).at("/keys/0/used/tokens").asLong())
                    .isBetween(14L, 17L));
    JsonNode last = json(door.get("/requests", as(owner()))).at("/requests/0");
    assertThat(last.path("outcome").asText()).isEqualTo("cancelled");
    assertThat(last.at("/usage/estimated").asBoolean()).isTrue();
  }
}
