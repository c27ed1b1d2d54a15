package dev.flotilla.assistant.door;

import static dev.flotilla.assistant.door.DoorSetup.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OpenAI's responses API, before a server that knows chats alone. */
final class ResponsesTest extends DoorCase {
  private static final String PATH = "/v1/responses";

  @Override
  String router() {
    return "targets:\n  up: {url: '%s'}\ntasks:\n  all: {target: up}\n".formatted(first.url());
  }

  private static ScriptedUpstream.Script says(String message, String finish) {
    return (request, out, socket) ->
        ScriptedUpstream.send(
            out,
            200,
            "application/json",
            "",
            "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":5,\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":%s,\"finish_reason\":\"%s\"}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":4,\"total_tokens\":13,\"prompt_tokens_details\":{\"cached_tokens\":6},\"completion_tokens_details\":{\"reasoning_tokens\":2}}}"
                .formatted(message, finish));
  }

  private static ScriptedUpstream.Script streams(String... parts) {
    return (request, out, socket) -> {
      ScriptedUpstream.begin(out);
      for (String part : parts) {
        ScriptedUpstream.event(
            out,
            "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":5,\"model\":\"m\",\"choices\":[{\"index\":0,%s}]}"
                .formatted(part));
      }
      ScriptedUpstream.event(out, "[DONE]");
      ScriptedUpstream.chunk(out, "");
    };
  }

  private static List<JsonNode> events(HttpResponse<String> answer) {
    return answer
        .body()
        .lines()
        .filter(line -> line.startsWith("data: "))
        .map(line -> json(line.substring(6)))
        .toList();
  }

  private static List<String> types(HttpResponse<String> answer) {
    return events(answer).stream().map(event -> event.path("type").asText()).toList();
  }

  @Test
  void aTurnWithToolsImagesAndASchemaIsAChat() {
    first.then(
        says(
            "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"look\",\"arguments\":\"{}\"}},{\"id\":\"c2\",\"type\":\"function\",\"function\":{\"name\":\"hear\",\"arguments\":\"{}\"}}]}",
            "tool_calls"));
    HttpResponse<String> answer =
        door.post(
            PATH,
            """
            {"model":"up","instructions":"be brief","max_output_tokens":50,"parallel_tool_calls":true,
             "reasoning":{"effort":"low"},"store":true,"metadata":{"a":"b"},"include":["reasoning.encrypted_content"],
             "text":{"verbosity":"low","format":{"type":"json_schema","name":"n","strict":true,"schema":{"type":"object"}}},
             "tools":[{"type":"function","name":"look","description":"d","strict":true,"parameters":{"type":"object"}}],
             "tool_choice":{"type":"function","name":"look"},
             "input":[{"role":"user","content":[{"type":"input_text","text":"see"},{"type":"input_image","image_url":"data:image/png;base64,AA","detail":"low"}]},
              {"type":"reasoning","id":"r","summary":[]},
              {"type":"message","role":"assistant","content":[{"type":"output_text","text":"I look"}]},
              {"type":"function_call","call_id":"t0","name":"look","arguments":"{}"},
              {"type":"function_call","call_id":"t1","name":"look","arguments":"{}"},
              {"type":"function_call_output","call_id":"t0","output":"blue"}]}
            """);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(json(first.requests().getFirst().body()))
        .isEqualTo(
            json(
                """
                {"model":"up","parallel_tool_calls":true,"max_completion_tokens":50,"max_tokens":50,"reasoning_effort":"low","verbosity":"low",
                 "messages":[{"role":"system","content":"be brief"},
                  {"role":"user","content":[{"type":"text","text":"see"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AA","detail":"low"}}]},
                  {"role":"assistant","content":"I look","tool_calls":[
                   {"id":"t0","type":"function","function":{"name":"look","arguments":"{}"}},
                   {"id":"t1","type":"function","function":{"name":"look","arguments":"{}"}}]},
                  {"role":"tool","tool_call_id":"t0","content":"blue"}],
                 "response_format":{"type":"json_schema","json_schema":{"name":"n","strict":true,"schema":{"type":"object"}}},
                 "tools":[{"type":"function","function":{"name":"look","description":"d","strict":true,"parameters":{"type":"object"}}}],
                 "tool_choice":{"type":"function","function":{"name":"look"}}}
                """));
    JsonNode told = json(answer);
    assertThat(told.path("status").asText()).isEqualTo("completed");
    assertThat(told.path("output").findValuesAsText("call_id")).containsExactly("c1", "c2");
    assertThat(told.path("output").findValuesAsText("type"))
        .containsExactly("function_call", "function_call");
    assertThat(told.at("/metadata/a").asText()).isEqualTo("b");
    assertThat(told.path("store").asBoolean()).isFalse();
    assertThat(told.at("/usage/input_tokens_details/cached_tokens").asInt()).isEqualTo(6);
    assertThat(told.at("/usage/output_tokens_details/reasoning_tokens").asInt()).isEqualTo(2);
  }

  @Test
  void anAnswerThatWasCutShortSaysSo() {
    first.then(says("{\"role\":\"assistant\",\"content\":\"as far as\"}", "length"));
    JsonNode told = json(door.post(PATH, "{\"model\":\"up\",\"input\":\"x\"}"));
    assertThat(told.path("status").asText()).isEqualTo("incomplete");
    assertThat(told.at("/incomplete_details/reason").asText()).isEqualTo("max_output_tokens");
    first.then(
        streams(
            "\"delta\":{\"content\":\"as far\"},\"finish_reason\":null",
            "\"delta\":{},\"finish_reason\":\"length\""));
    HttpResponse<String> streamed =
        door.post(PATH, "{\"model\":\"up\",\"input\":\"x\",\"stream\":true}");
    assertThat(types(streamed).getLast()).isEqualTo("response.incomplete");
  }

  @Test
  void aStreamOfWordsAndCallsHasOpenAisEventsInTheirOrder() {
    first.then(
        streams(
            "\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null",
            "\"delta\":{\"content\":\"I \"},\"finish_reason\":null",
            "\"delta\":{\"content\":\"look\"},\"finish_reason\":null",
            "\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"look\",\"arguments\":\"\"}}]},\"finish_reason\":null",
            "\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"at\\\":\"}}]},\"finish_reason\":null",
            "\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"1}\"}}]},\"finish_reason\":null",
            "\"delta\":{},\"finish_reason\":\"tool_calls\""));
    HttpResponse<String> answer =
        door.post(PATH, "{\"model\":\"up\",\"input\":\"x\",\"stream\":true}");
    assertThat(types(answer))
        .containsExactly(
            "response.created",
            "response.in_progress",
            "response.output_item.added",
            "response.content_part.added",
            "response.output_text.delta",
            "response.output_text.delta",
            "response.output_text.done",
            "response.content_part.done",
            "response.output_item.done",
            "response.output_item.added",
            "response.function_call_arguments.delta",
            "response.function_call_arguments.delta",
            "response.function_call_arguments.done",
            "response.output_item.done",
            "response.completed");
    List<JsonNode> events = events(answer);
    for (int i = 0; i < events.size(); i++) {
      assertThat(events.get(i).path("sequence_number").asInt()).isEqualTo(i);
    }
    JsonNode output = events.getLast().at("/response/output");
    assertThat(output.at("/0/content/0/text").asText()).isEqualTo("I look");
    assertThat(output.at("/1/arguments").asText()).isEqualTo("{\"at\":1}");
    assertThat(events.getLast().at("/response/usage/output_tokens").asInt()).isPositive();
  }

  @Test
  void aStreamThatBreaksIsAnErrorAndAFailedResponse() {
    first.then(ScriptedUpstream.breaksAfter("begun, "));
    HttpResponse<String> answer =
        door.post(PATH, "{\"model\":\"up\",\"input\":\"x\",\"stream\":true}");
    assertThat(types(answer)).endsWith("error", "response.failed");
    assertThat(events(answer).getLast().at("/response/error/code").asText())
        .isEqualTo("stream_broken");
    assertThat(events(answer).getLast().at("/response/status").asText()).isEqualTo("failed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"previous_response_id\":\"resp_1\",\"input\":\"x\" | previous_response_id | whole"
            + " conversation",
        "\"background\":true,\"input\":\"x\" | background | Nothing is answered in the background",
        "\"tools\":[{\"type\":\"web_search\"}],\"input\":\"x\" | tools | of the type web_search",
        "\"truncation\":\"auto\",\"input\":\"x\" | truncation | may be disabled",
        "\"include\":[\"file_search_call.results\"],\"input\":\"x\" | include | file_search_call",
        "\"input\":7 | input | Expected a text or a list",
        "\"input\":[{\"role\":\"king\",\"content\":\"x\"}] | input[0].role | Expected assistant",
        "\"input\":[{\"type\":\"item_reference\",\"id\":\"a\"}] | input[0].type | item_reference",
        "\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_image\",\"file_id\":\"f\"}]}]"
            + " | input[0].content[0] | Expected image_url",
        "\"temperature\":\"hot\",\"input\":\"x\" | temperature | a number from 0 to 2",
      })
  void whatItDoesNotHaveItSays(String fields, String param, String told) {
    HttpResponse<String> answer = door.post(PATH, "{\"model\":\"up\"," + fields + "}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(json(answer).at("/error/param").asText()).isEqualTo(param);
    assertThat(json(answer).at("/error/message").asText()).contains(told);
    assertThat(first.requests()).isEmpty();
  }
}
