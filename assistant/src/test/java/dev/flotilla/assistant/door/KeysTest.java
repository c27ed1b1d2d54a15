package dev.flotilla.assistant.door;

import static dev.flotilla.assistant.door.DoorSetup.body;
import static dev.flotilla.assistant.door.DoorSetup.json;
import static dev.flotilla.assistant.door.DoorSetup.said;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

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
        assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
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
                    java.net.http.HttpRequest.newBuilder(
                            java.net.URI.create(door.url() + "/keys/app"))
                        .DELETE(),
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
    com.fasterxml.jackson.databind.JsonNode explained = door.explain(answer);
    assertThat(explained.path("attempts").valueStream().map(a -> a.path("outcome").asText()))
        .containsExactly("judged", "too weak", "judged", "answered");
    assertThat(explained.at("/usage/input").asLong()).isEqualTo(7);
    assertThat(explained.at("/beside/input").asLong()).isEqualTo(21);
    assertThat(explained.at("/beside/output").asLong()).isEqualTo(9);
    com.fasterxml.jackson.databind.JsonNode used =
        json(door.get("/keys", as(owner()))).at("/keys/0/used");
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
    assertThat(door.chat("up", "other", headers).statusCode()).isEqualTo(400);
  }
}
