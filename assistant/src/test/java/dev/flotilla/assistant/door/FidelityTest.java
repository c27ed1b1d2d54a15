package dev.flotilla.assistant.door;

import static dev.flotilla.assistant.door.DoorSetup.body;
import static dev.flotilla.assistant.door.DoorSetup.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes to a server and comes from it through the door, word for word. */
final class FidelityTest extends DoorCase {
  private static final String CHAT = "/v1/chat/completions";

  @Override
  String router() {
    return """
    targets:
      up: {url: '%s', input_price: 1, output_price: 1}
    tasks:
      all: {target: up}
    """
        .formatted(first.url());
  }

  private JsonNode asked() {
    return json(first.requests().getLast().body());
  }

  private static ScriptedUpstream.Script says(String json) {
    return (request, out, socket) -> ScriptedUpstream.send(out, 200, "application/json", "", json);
  }

  private static ScriptedUpstream.Script events(List<String> events) {
    return (request, out, socket) -> {
      ScriptedUpstream.begin(out);
      for (String event : events) {
        ScriptedUpstream.event(out, event);
      }
      ScriptedUpstream.chunk(out, "");
    };
  }

  private static String part(int index, String delta, String finish) {
    return "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":%d,\"delta\":%s,\"finish_reason\":%s}]}"
        .formatted(index, delta, finish);
  }

  @Test
  void everyFieldOfARequestReachesTheServerAsItIs() {
    String request =
        """
        {"model":"up","n":2,"seed":7,"user":"u1","logprobs":true,"top_logprobs":3,"service_tier":"flex",
         "reasoning_effort":"high","verbosity":"low","metadata":{"a":"b"},"store":false,
         "parallel_tool_calls":false,"logit_bias":{"50256":-100},"stop":["\\n"],"temperature":0.1,
         "prediction":{"type":"content","content":"x"},"modalities":["text"],"safety_identifier":"s",
         "prompt_cache_key":"k","of_tomorrow":{"deep":[1,2.50,null,true,"ü😀"]},
         "response_format":{"type":"json_schema","json_schema":{"name":"n","strict":true,
           "schema":{"type":"object","properties":{"x":{"type":"number","multipleOf":0.01}},"required":["x"],"additionalProperties":false}}},
         "tools":[{"type":"function","function":{"name":"f","strict":true,"parameters":{}}},
                  {"type":"custom","custom":{"name":"g","format":{"type":"text"}}}],
         "tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"auto","tools":[{"type":"function","function":{"name":"f"}}]}},
         "messages":[{"role":"developer","content":"be brief"},
           {"role":"user","name":"ann","content":[{"type":"text","text":"what is this?"},
             {"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA","detail":"low"}},
             {"type":"input_audio","input_audio":{"data":"AAAA","format":"wav"}},
             {"type":"file","file":{"file_id":"f1"}}]},
           {"role":"assistant","content":null,"refusal":"no"},
           {"role":"assistant","audio":{"id":"a1"}},
           {"role":"assistant","tool_calls":[{"id":"t","type":"function","function":{"name":"f","arguments":"{}"}}]},
           {"role":"tool","tool_call_id":"t","content":[{"type":"text","text":"done"}]}]}
        """;
    HttpResponse<String> answer = door.post(CHAT, request);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(asked()).isEqualTo(json(request));
    assertThat(json(answer)).isEqualTo(json(ScriptedUpstream.completion("hello")));
  }

  @Test
  void aLimitUnderItsNewNameIsAlsoToldByItsOldOneWhichManyServersKnowAlone() {
    door.post(
        CHAT, body("up", "x", false).replace("{\"model", "{\"max_completion_tokens\":9,\"model"));
    assertThat(asked().path("max_tokens").asInt()).isEqualTo(9);
    assertThat(asked().path("max_completion_tokens").asInt()).isEqualTo(9);
  }

  @Test
  void everyPartOfAStreamIsPassedOnAsItIs() {
    List<String> parts =
        List.of(
            part(0, "{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null"),
            part(1, "{\"role\":\"assistant\",\"content\":\"\"}", "null"),
            part(0, "{\"reasoning_content\":\"hm\"}", "null"),
            part(
                0,
                "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}},{\"index\":1,\"id\":\"b\",\"type\":\"function\",\"function\":{\"name\":\"g\",\"arguments\":\"\"}}]}",
                "null"),
            part(0, "{\"tool_calls\":[{\"index\":1,\"function\":{\"arguments\":\"{}\"}}]}", "null"),
            part(0, "{}", "\"tool_calls\""),
            part(1, "{\"content\":\"two\"}", "null"),
            part(1, "{}", "\"stop\""),
            "[DONE]");
    first.then(events(parts));
    HttpResponse<String> answer =
        door.post(CHAT, body("up", "x", true).replace("{\"model", "{\"n\":2,\"model"));
    assertThat(answer.body())
        .isEqualTo(parts.stream().map(p -> "data: " + p + "\n\n").collect(Collectors.joining()));
    assertThat(answer.headers().firstValue("content-type").orElseThrow())
        .startsWith("text/event-stream");
    assertThat(door.explain(answer).at("/usage/estimated").asBoolean()).isTrue();
    assertThat(door.explain(answer).at("/usage/output").asLong()).isPositive();
  }

  @Test
  void aStreamWhoseSecondChoiceIsCutOffIsNotWhole() {
    first.then(
        events(
            List.of(
                part(0, "{\"content\":\"one\"}", "null"),
                part(1, "{\"content\":\"tw\"}", "null"),
                part(0, "{}", "\"stop\""))));
    String told =
        door.post(CHAT, body("up", "x", true).replace("{\"model", "{\"n\":2,\"model")).body();
    assertThat(told).contains("stream_broken").doesNotContain("[DONE]");
  }

  @Test
  void aServerWithoutStreamsIsStreamedWithAllItSaid() {
    first.then(
        says(
            """
            {"id":"c","object":"chat.completion","created":1,"model":"m","choices":[
             {"index":0,"message":{"role":"assistant","content":"a"},"logprobs":{"content":[]},"finish_reason":"stop"},
             {"index":1,"message":{"role":"assistant","content":null,"tool_calls":[{"id":"t","type":"function","function":{"name":"f","arguments":"{}"}}]},"finish_reason":"tool_calls"}]}
            """));
    HttpResponse<String> answer = door.post(CHAT, body("up", "x", true));
    assertThat(answer.body())
        .contains("\"content\":\"a\"},\"finish_reason\":null,\"logprobs\":{\"content\":[]}")
        .contains("\"index\":1,\"delta\":{\"role\":\"assistant\",\"tool_calls\"")
        .contains("\"finish_reason\":\"tool_calls\"")
        .endsWith("data: [DONE]\n\n");
    assertThat(door.explain(answer).at("/usage/estimated").asBoolean()).isTrue();
  }

  @Test
  void aCompletionOfAServerWithoutStreamsIsStreamed() {
    first.then(
        says(
            "{\"id\":\"c\",\"object\":\"text_completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"text\":\"done\",\"index\":0,\"finish_reason\":\"stop\"}]}"));
    String told =
        door.post("/v1/completions", "{\"model\":\"up\",\"prompt\":[\"a\"],\"stream\":true}")
            .body();
    assertThat(told).startsWith("data: {").contains("\"text\":\"done\"").endsWith("[DONE]\n\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"a\"", "[\"a\",\"b\"]", "[1,2,3]", "[[1,2],[3]]"})
  void everyShapeOfInputIsEmbedded(String input) {
    first.then(
        says(
            "{\"object\":\"list\",\"model\":\"e\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":[1.0,-0.5]}]}"));
    String request =
        "{\"model\":\"up\",\"input\":%s,\"dimensions\":2,\"encoding_format\":\"base64\"}"
            .formatted(input);
    HttpResponse<String> answer = door.post("/v1/embeddings", request);
    assertThat(asked()).isEqualTo(json(request));
    assertThat(json(answer).at("/data/0/embedding").asText()).isEqualTo("AACAPwAAAL8=");
    assertThat(door.explain(answer).at("/usage/input").asLong()).isBetween(1L, 3L);
  }

  @Test
  void vectorsThatCameInBase64AreNumbersForWhoAskedForThem() {
    first.then(
        says(
            "{\"object\":\"list\",\"model\":\"e\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":\"AACAPwAAAL8=\"}]}"));
    HttpResponse<String> answer = door.post("/v1/embeddings", "{\"model\":\"up\",\"input\":\"a\"}");
    assertThat(json(answer).at("/data/0/embedding").toString()).isEqualTo("[1.0,-0.5]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 |"
            + " {\"message\":\"m\",\"type\":\"invalid_request_error\",\"param\":\"messages\",\"code\":\"context_length_exceeded\"}"
            + " | context_length_exceeded | messages",
        "400 | {\"code\":400,\"message\":\"the request exceeds the available context"
            + " size\",\"type\":\"exceed_context_size_error\"} | context_length_exceeded |",
        "404 |"
            + " {\"message\":\"m\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"model_not_found\"}"
            + " | model_not_found |",
        "422 | {\"message\":\"m\",\"type\":\"invalid_request_error\",\"code\":422} | |",
      })
  void errorsOfTheRequestAreTheServersOwn(int status, String error, String code, String param) {
    first.then(
        (request, out, socket) ->
            ScriptedUpstream.send(
                out, status, "application/json", "", "{\"error\":" + error + "}"));
    HttpResponse<String> answer = door.chat("up", "x");
    assertThat(answer.statusCode()).isEqualTo(status);
    JsonNode told = json(answer).path("error");
    assertThat(told.propertyStream().map(java.util.Map.Entry::getKey))
        .containsExactly("message", "type", "param", "code");
    assertThat(told.path("type").asText()).isEqualTo("invalid_request_error");
    assertThat(told.path("message")).isEqualTo(json(error).path("message"));
    assertThat(told.path("code").asText(null)).isEqualTo(code);
    assertThat(told.path("param").asText(null)).isEqualTo(param);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"stream_options\":{\"include_usage\":true} | only allowed when stream is true",
        "\"stream\":true,\"stream_options\":[] | Expected an object",
        "\"stream\":\"yes\" | Expected true or false",
        "\"n\":0 | whole number from 1",
        "\"max_tokens\":1.5 | whole number from 1",
        "\"top_p\":2 | a number from 0 to 1",
        "\"model\":7 | Expected a text",
        "\"stop\":\"\\ud83d\" | half a character",
      })
  void whatIsWrongIsSaid(String field, String told) {
    HttpResponse<String> answer =
        door.post(CHAT, body("up", "x", false).replace("\"stream\":false", field));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(json(answer).at("/error/message").asText()).contains(told);
    assertThat(first.requests()).isEmpty();
  }

  @Test
  void aPairOfHalvesIsACharacter() {
    door.post(CHAT, body("up", "\\ud83d\\ude00", false));
    assertThat(asked().at("/messages/0/content").asText()).isEqualTo("😀");
  }

  @Test
  void anyOtherPathIsToldInOpenAisShape() {
    HttpResponse<String> answer = door.post("/v1/images/generations", "{}");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(json(answer).path("error")).isInstanceOf(ObjectNode.class);
    assertThat(json(answer).at("/error/type").asText()).isEqualTo("invalid_request_error");
    assertThat(json(answer).at("/error/message").asText())
        .startsWith("There is no /v1/images/generations here. There are /v1/chat/completions");
    assertThat(door.get(CHAT).statusCode()).isIn(404, 405);
  }
}
