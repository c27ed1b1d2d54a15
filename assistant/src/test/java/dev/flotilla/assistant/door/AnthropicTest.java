package dev.flotilla.assistant.door;

import static dev.flotilla.assistant.door.DoorSetup.body;
import static dev.flotilla.assistant.door.DoorSetup.json;
import static dev.flotilla.assistant.door.DoorSetup.said;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Anthropic's API behind the door. */
final class AnthropicTest extends DoorCase {
  @Override
  String router() {
    return """
    targets:
      claude: {api: anthropic, url: '%1$s', model: large, key_env: SCRIPTED_KEY}
      up: {url: '%1$s'}
      nameless: {url: '%1$s', key_env: NOT_SET_ANYWHERE}
    tasks:
      all: {target: claude}
    """
        .formatted(first.url());
  }

  @Test
  void aChatBecomesAnthropicsAndItsAnswerAChat() {
    first.then(
        (request, out, socket) ->
            ScriptedUpstream.send(
                out,
                200,
                "application/json",
                "",
                """
                {"id":"msg_1","type":"message","role":"assistant","model":"large","content":[{"type":"text","text":"Ahoy"},{"type":"tool_use","id":"t1","name":"look","input":{"at":"sea"}}],"stop_reason":"tool_use","usage":{"input_tokens":11,"output_tokens":4}}\
                """));
    HttpResponse<String> answer =
        door.post(
            "/v1/chat/completions",
            """
            {"messages":[{"role":"system","content":"be brief"},{"role":"user","content":"hail"},
            {"role":"assistant","content":null,"tool_calls":[{"id":"t0","type":"function","function":{"name":"look","arguments":"{\\"at\\":\\"sky\\"}"}}]},
            {"role":"tool","tool_call_id":"t0","content":"blue"}],
            "tools":[{"type":"function","function":{"name":"look","parameters":{"type":"object"}}}],"max_tokens":50}\
            """);
    assertThat(said(answer)).isEqualTo("Ahoy");
    JsonNode call = json(answer).at("/choices/0/message/tool_calls/0/function");
    assertThat(call.path("arguments").asText()).isEqualTo("{\"at\":\"sea\"}");
    assertThat(json(answer).at("/choices/0/finish_reason").asText()).isEqualTo("tool_calls");
    assertThat(json(answer).at("/usage/total_tokens").asLong()).isEqualTo(15);
    ScriptedUpstream.Request sent = first.requests().getFirst();
    assertThat(sent.line()).contains("/v1/messages");
    assertThat(sent.headers())
        .containsEntry("x-api-key", "sk-upstream-secret")
        .containsKey("anthropic-version");
    JsonNode asked = json(sent.body());
    assertThat(asked.path("system").asText()).isEqualTo("be brief");
    assertThat(asked.path("model").asText()).isEqualTo("large");
    assertThat(asked.path("max_tokens").asInt()).isEqualTo(50);
    assertThat(asked.at("/messages/1/content/0/input/at").asText()).isEqualTo("sky");
    assertThat(asked.at("/messages/2/content/0/tool_use_id").asText()).isEqualTo("t0");
    assertThat(asked.at("/tools/0/input_schema/type").asText()).isEqualTo("object");
  }

  private JsonNode toClaude(String fields) {
    int before = first.requests().size();
    HttpResponse<String> answer =
        door.post("/v1/chat/completions", "{\"model\":\"claude\"," + fields + "}");
    assertThat(first.requests()).as(answer.body()).hasSize(before + 1);
    return json(first.requests().getLast().body());
  }

  @Test
  void imagesSchemasAndChoicesOfToolsAreInAnthropicsWords() {
    JsonNode asked =
        toClaude(
            """
            "user":"u1","parallel_tool_calls":false,"tool_choice":"required",
            "response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"type":"object"}}},
            "tools":[{"type":"function","function":{"name":"look","strict":true,"parameters":{"type":"object"}}}],
            "messages":[{"role":"developer","content":"be brief"},{"role":"user","content":[
              {"type":"text","text":"see"},
              {"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}},
              {"type":"image_url","image_url":{"url":"https://example.org/a.png"}},
              {"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,BBBB"}}]}]
            """);
    assertThat(asked)
        .isEqualTo(
            json(
                """
                {"model":"large","max_tokens":4096,"stream":false,"system":"be brief",
                 "messages":[{"role":"user","content":[{"type":"text","text":"see"},
                   {"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAA"}},
                   {"type":"image","source":{"type":"url","url":"https://example.org/a.png"}},
                   {"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"BBBB"}}]}],
                 "tools":[{"name":"look","strict":true,"input_schema":{"type":"object"}}],
                 "tool_choice":{"type":"any","disable_parallel_tool_use":true},
                 "output_config":{"format":{"type":"json_schema","schema":{"type":"object"}}},
                 "metadata":{"user_id":"u1"}}
                """));
  }

  @Test
  void onlyTheToolsThatMayBeCalledAreTold() {
    JsonNode asked =
        toClaude(
            """
            "messages":[{"role":"user","content":"x"}],
            "tools":[{"type":"function","function":{"name":"a"}},{"type":"function","function":{"name":"b"}}],
            "tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"required","tools":[{"type":"function","function":{"name":"b"}}]}}
            """);
    assertThat(asked.path("tools").findValuesAsText("name")).containsExactly("b");
    assertThat(asked.at("/tool_choice/type").asText()).isEqualTo("any");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"n\":2 | one answer at a time",
        "\"logprobs\":true | no logprobs",
        "\"functions\":[{\"name\":\"f\"}] | does not know functions",
        "\"response_format\":{\"type\":\"json_object\"} | only by a schema",
        "\"tools\":[{\"type\":\"custom\",\"custom\":{\"name\":\"f\"}}] | no tools but functions",
      })
  void whatAnthropicCannotDoIsNotLeftOutUnsaid(String field, String told) {
    HttpResponse<String> answer =
        door.post(
            "/v1/chat/completions",
            "{\"model\":\"claude\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],"
                + field
                + "}");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(json(answer).at("/error/message").asText()).contains(told);
    assertThat(first.requests()).isEmpty();
  }

  @Test
  void whatAnthropicHadReadBeforeIsOfWhatWasAsked() {
    first.then(
        (request, out, socket) ->
            ScriptedUpstream.send(
                out,
                200,
                "application/json",
                "",
                """
                {"id":"m","model":"large","content":[{"type":"thinking","thinking":"hm"},{"type":"text","text":"Aye"}],"stop_reason":"model_context_window_exceeded","usage":{"input_tokens":5,"cache_creation_input_tokens":20,"cache_read_input_tokens":300,"output_tokens":2}}\
                """));
    HttpResponse<String> answer = door.chat("claude", "x");
    assertThat(said(answer)).isEqualTo("Aye");
    assertThat(json(answer).at("/choices/0/finish_reason").asText()).isEqualTo("length");
    assertThat(json(answer).at("/usage/prompt_tokens").asInt()).isEqualTo(325);
    assertThat(json(answer).at("/usage/prompt_tokens_details/cached_tokens").asInt())
        .isEqualTo(300);
    assertThat(door.explain(answer).at("/usage/cached").asLong()).isEqualTo(300);
  }

  @Test
  void anthropicsTooLongIsOpenAis() {
    first.then(
        (request, out, socket) ->
            ScriptedUpstream.send(
                out,
                400,
                "application/json",
                "",
                "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"prompt"
                    + " is too long: 208310 tokens > 200000 maximum\"}}"));
    HttpResponse<String> answer = door.chat("claude", "x");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).at("/error/code").asText()).isEqualTo("context_length_exceeded");
  }

  @Test
  void anthropicsStreamBecomesOneOfOpenAi() {
    first.then(
        (request, out, socket) -> {
          ScriptedUpstream.begin(out);
          for (String event :
              new String[] {
                "{\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"model\":\"large\",\"usage\":{\"input_tokens\":9,\"cache_read_input_tokens\":40}}}",
                "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}",
                "{\"type\":\"ping\"}",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Aye"
                    + " \"}}",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"aye\"}}",
                "{\"type\":\"content_block_stop\",\"index\":0}",
                "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":3}}",
                "{\"type\":\"message_stop\"}"
              }) {
            ScriptedUpstream.event(out, event);
          }
          ScriptedUpstream.chunk(out, "");
        });
    HttpResponse<String> answer = door.post("/v1/chat/completions", body("claude", "x", true));
    assertThat(answer.body())
        .contains("\"content\":\"Aye \"")
        .contains("\"finish_reason\":\"stop\"")
        .endsWith("data: [DONE]\n\n");
    assertThat(door.explain(answer).at("/usage/output").asLong()).isEqualTo(3);
    assertThat(door.explain(answer).at("/usage/input").asLong()).isEqualTo(49);
  }

  @Test
  void aMissingKeyIsToldByTheNameOfItsVariable() {
    HttpResponse<String> answer = door.chat("nameless", "x");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(json(answer).at("/error/message").asText()).contains("NOT_SET_ANYWHERE is not set");
  }

  @Test
  void audioIsNotThereYet() {
    assertThat(door.post("/v1/audio/speech", "{}").statusCode()).isEqualTo(501);
  }
}
