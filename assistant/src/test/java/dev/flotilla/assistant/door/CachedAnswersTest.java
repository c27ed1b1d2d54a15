package dev.flotilla.assistant.door;

import static dev.flotilla.assistant.door.DoorSetup.json;
import static dev.flotilla.assistant.door.DoorSetup.said;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Answers that are given again, over real HTTP. */
final class CachedAnswersTest extends DoorCase {
  private static final String CHAT = "/v1/chat/completions";
  private static final String EXACT = "cache: {answers: exact}";

  @Override
  String router() {
    return router("all");
  }

  @Override
  String config() {
    return EXACT;
  }

  private String router(String task) {
    return """
    targets:
      up: {url: '%1$s', input_price: 1000}
      other: {url: '%1$s'}
    tasks:
      %2$s: {target: up, fallback: builtin}
    """
        .formatted(first.url(), task);
  }

  private void reopen(String config) throws IOException {
    reopen(router(), config);
  }

  private String cache(HttpResponse<?> answer) {
    return door.explain(answer).path("cache").asText();
  }

  private HttpResponse<String> ask(String more, String... headers) {
    return door.post(CHAT, request("up", more), headers);
  }

  private static String request(String model, String more) {
    return "{\"model\":\"%s\"%s,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"
        .formatted(model, more);
  }

  @Test
  void theSameRequestIsAnsweredOnceAndThenFromTheCache() {
    HttpResponse<String> one = ask(",\"max_tokens\":5,\"temperature\":0");
    HttpResponse<String> again = ask(",\"temperature\":0.0,\"max_tokens\":5");
    assertThat(json(again)).isEqualTo(json(one));
    assertThat(again.headers().firstValue("x-flotilla-cache")).contains("hit");
    assertThat(first.requests()).hasSize(1);
    assertThat(cache(one)).isEqualTo("miss");
    JsonNode explained = door.explain(again);
    assertThat(explained.path("cache").asText()).isEqualTo("hit");
    assertThat(explained.path("answeredBy").asText()).isEqualTo("cache");
    assertThat(explained.path("cost").asDouble()).isZero();
    assertThat(explained.path("attempts")).isEmpty();
    assertThat(ask(",\"max_tokens\":6").headers().firstValue("x-flotilla-cache")).isEmpty();
    assertThat(door.get("/metrics").body())
        .contains("flotilla_request_cache_total{")
        .contains("outcome=\"hit\"");
  }

  @Test
  void unlessItIsAskedForNothingIsGivenAgain() throws IOException {
    reopen("");
    assertThat(cache(ask(""))).isEqualTo("off");
    assertThat(cache(ask(""))).isEqualTo("off");
    assertThat(first.requests()).hasSize(2);
  }

  @Test
  void whatDiffersInModelOrSystemPromptIsAnother() {
    ask("");
    door.post(CHAT, request("other", ""));
    for (String prompt : List.of("be kind", "be brief")) {
      door.post(
          CHAT,
          """
          {"model":"up","messages":[\
          {"role":"system","content":"%s"},{"role":"user","content":"x"}]}\
          """
              .formatted(prompt));
    }
    assertThat(first.requests()).hasSize(4);
  }

  @Test
  void twoKeysNeverShareAndAHitTakesNothingOfABudget() throws IOException {
    reopen(EXACT + ", requireKey: true");
    String[] one = as(key("one", ",\"tokensADay\":12"));
    String[] two = as(key("two", ""));
    ask("", one);
    for (int i = 0; i < 5; i++) {
      HttpResponse<String> again = ask("", one);
      assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
      assertThat(cache(again)).isEqualTo("hit");
    }
    assertThat(cache(ask("", two))).isEqualTo("miss");
    JsonNode keys = json(door.get("/keys", as(owner()))).path("keys");
    assertThat(keys.valueStream().map(k -> k.at("/used/tokens").asLong()))
        .containsExactly(10L, 10L);
  }

  @Test
  void aKeyThatGotTheNameOfARevokedOneDoesNotGetItsAnswers() throws IOException {
    reopen(EXACT + ", requireKey: true");
    ask("", as(key("one", "")));
    door.send(
        java.net.http.HttpRequest.newBuilder(java.net.URI.create(door.url() + "/keys/one"))
            .DELETE(),
        as(owner()));
    assertThat(cache(ask("", as(key("one", ""))))).isEqualTo("miss");
  }

  @Test
  void warmRequestsAndToolsAreLeftAloneUnlessTemperatureIsAllowed() throws IOException {
    assertThat(cache(ask(",\"temperature\":0.7"))).isEqualTo("passed by: temperature 0.7");
    String tools =
        ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{}}}]";
    assertThat(cache(ask(tools))).isEqualTo("passed by: it offers tools");
    reopen("cache: {answers: exact, anyTemperature: true}");
    ask(",\"temperature\":0.7");
    assertThat(cache(ask(",\"temperature\":0.7"))).isEqualTo("hit");
  }

  @Test
  void answersThatAreNotWholeTextAreNotKept() {
    first.then(
        (r, o, s) ->
            ScriptedUpstream.send(
                o,
                200,
                "application/json",
                "",
                ScriptedUpstream.completion("")
                    .replace(
                        "\"content\":\"\"",
                        "\"content\":null,\"tool_calls\":[{\"id\":\"1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]")),
        ScriptedUpstream.breaksAfter("one ", "two"),
        ScriptedUpstream.fails(400, ""),
        ScriptedUpstream.answers("now"));
    ask("");
    ask(",\"stream\":true");
    ask("");
    HttpResponse<String> last = ask("");
    assertThat(said(last)).isEqualTo("now");
    assertThat(cache(last)).isEqualTo("miss");
  }

  @Test
  void noStoreLeavesTheCacheAloneAndNoCacheAsksAnew() {
    first.then(
        ScriptedUpstream.answers("first"),
        ScriptedUpstream.answers("second"),
        ScriptedUpstream.answers("third"));
    HttpResponse<String> none = ask("", "Cache-Control", "no-store");
    assertThat(cache(none)).isEqualTo("passed by: no-store");
    assertThat(said(ask(""))).isEqualTo("second");
    assertThat(said(ask("", "Cache-Control", "max-age=0, No-Cache"))).isEqualTo("third");
    assertThat(said(ask(""))).isEqualTo("third");
  }

  @Test
  void aStreamIsToldAgainAsAStreamAndAsAWhole() {
    first.then(ScriptedUpstream.streams("one ", "two ", "three"));
    String options = ",\"stream\":true,\"stream_options\":{\"include_usage\":true}";
    Streamed one = Streamed.of(ask(options));
    HttpResponse<String> told = ask(options);
    assertThat(cache(told)).isEqualTo("hit");
    assertThat(Streamed.of(told)).isEqualTo(one);
    assertThat(one.text()).isEqualTo("one two three");
    HttpResponse<String> whole = ask("");
    assertThat(said(whole)).isEqualTo("one two three");
    assertThat(json(whole).path("usage").toString()).isEqualTo(one.usage());
    Streamed withoutUsage = Streamed.of(ask(",\"stream\":true"));
    assertThat(withoutUsage).isEqualTo(new Streamed(one.text(), one.finish(), ""));
    assertThat(first.requests()).hasSize(1);
  }

  @Test
  void aWholeAnswerIsToldAgainAsAStreamAlsoOfTheResponsesApi() {
    ask("");
    Streamed told =
        Streamed.of(ask(",\"stream\":true,\"stream_options\":{\"include_usage\":true}"));
    assertThat(told.text()).isEqualTo("hello");
    assertThat(told.finish()).isEqualTo("stop");
    assertThat(told.usage()).contains("\"total_tokens\":10");
    HttpResponse<String> response =
        door.post("/v1/responses", "{\"model\":\"up\",\"input\":\"x\",\"stream\":true}");
    assertThat(response.body()).contains("response.completed").contains("\"text\":\"hello\"");
  }

  /** What a client makes of a stream. */
  record Streamed(String text, String finish, String usage) {
    static Streamed of(HttpResponse<String> answer) {
      StringBuilder text = new StringBuilder();
      String finish = "";
      String usage = "";
      List<String> events =
          answer
              .body()
              .lines()
              .filter(l -> l.startsWith("data: "))
              .map(l -> l.substring(6))
              .toList();
      assertThat(events).last().isEqualTo("[DONE]");
      for (String event : events.subList(0, events.size() - 1)) {
        JsonNode part = json(event);
        JsonNode choice = part.path("choices").path(0);
        text.append(choice.at("/delta/content").asText(""));
        finish = choice.path("finish_reason").asText(finish).replace("null", finish);
        usage = part.path("usage").isObject() ? part.path("usage").toString() : usage;
      }
      return new Streamed(text.toString(), finish, usage);
    }
  }

  @Test
  void embeddingsAreGivenAgain() {
    first.then(
        (r, o, s) ->
            ScriptedUpstream.send(
                o,
                200,
                "application/json",
                "",
                "{\"object\":\"list\",\"model\":\"e\",\"data\":[{\"index\":0,\"embedding\":[1,0]}],\"usage\":{\"prompt_tokens\":2,\"total_tokens\":2}}"));
    String request = "{\"model\":\"up\",\"input\":\"x\"}";
    HttpResponse<String> one = door.post("/v1/embeddings", request);
    assertThat(door.post("/v1/embeddings", request).body()).isEqualTo(one.body());
    assertThat(first.requests()).hasSize(1);
  }

  @Test
  void whatTheBuiltInEngineSaysIsOfThisMoment() {
    String question =
        "{\"model\":\"builtin\",\"messages\":[{\"role\":\"user\",\"content\":\"what is 1 + 1?\"}]}";
    assertThat(cache(door.post(CHAT, question))).startsWith("passed by: the built-in engine");
  }

  @Test
  void anotherManifestEndsAllAnswers() throws IOException {
    ask("");
    assertThat(cache(ask(""))).isEqualTo("hit");
    door.router(router("everything"));
    Awaitility.await().until(() -> cache(ask("")).equals("miss"));
  }

  @Test
  void aModelThatIsLoadedAnewEndsItsAnswersAndNoOthers() {
    ask("");
    door.post(CHAT, request("other", ""));
    door.tell("model.loaded", Map.of("model", "up"));
    Awaitility.await().until(() -> first.requests().size() == 3 || ask("") == null);
    assertThat(cache(door.post(CHAT, request("other", "")))).isEqualTo("hit");
  }

  @Test
  void theSameQuestionInOtherWordsIsAnsweredAgainOnlyWhenThatIsAskedFor() throws IOException {
    String refund = question("approve the refund of order 7 please");
    door.post(CHAT, question("How do I restart an agent?"));
    String otherWords = question("please tell me how do I restart an agent");
    assertThat(cache(door.post(CHAT, otherWords))).isEqualTo("miss");
    reopen("cache: {answers: semantic}");
    door.post(CHAT, question("How do I restart an agent?"));
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> door.get("/metrics").body().contains("flotilla_request_cache_meanings 1.0"));
    assertThat(cache(door.post(CHAT, otherWords))).startsWith("hit by meaning, 0.");
    door.post(CHAT, refund);
    for (String apart :
        List.of("deny the refund of order 7 please", "approve the refund of order 8 please")) {
      assertThat(cache(door.post(CHAT, question(apart)))).as(apart).isEqualTo("miss");
    }
    String later =
        "{\"model\":\"up\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":\"hi\"},{\"role\":\"user\",\"content\":\"please"
            + " tell me how do I restart an agent\"}]}";
    assertThat(cache(door.post(CHAT, later))).isEqualTo("miss");
  }

  private static String question(String text) {
    return "{\"model\":\"up\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}";
  }

  private String owner() throws IOException {
    return Files.readString(state.resolve("door/owner.key"));
  }

  private static String[] as(String secret) {
    return new String[] {"Authorization", "Bearer " + secret};
  }

  private String key(String name, String more) throws IOException {
    return json(door.post("/keys", "{\"name\":\"" + name + "\"" + more + "}", as(owner())))
        .path("secret")
        .asText();
  }
}
