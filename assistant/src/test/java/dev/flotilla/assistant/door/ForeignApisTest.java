package dev.flotilla.assistant.door;

import static dev.flotilla.assistant.door.DoorSetup.body;
import static dev.flotilla.assistant.door.DoorSetup.json;
import static dev.flotilla.assistant.door.DoorSetup.said;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Anthropic's API behind the door, and OpenAI's responses API before it. */
final class ForeignApisTest {
  @TempDir private Path state;
  private ScriptedUpstream upstream;
  private DoorSetup door;

  @BeforeEach
  void open() throws IOException {
    upstream = new ScriptedUpstream();
    door =
        new DoorSetup(
            state,
            """
            targets:
              claude: {api: anthropic, url: '%s', model: large, key_env: SCRIPTED_KEY}
              up: {url: '%s'}
              nameless: {url: '%s', key_env: NOT_SET_ANYWHERE}
            tasks:
              all: {target: claude}
            """
                .formatted(upstream.url(), upstream.url(), upstream.url()));
  }

  @AfterEach
  void close() throws IOException {
    door.close();
    upstream.close();
  }

  @Test
  void aChatBecomesAnthropicsAndItsAnswerAChat() {
    upstream.then(
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
    ScriptedUpstream.Request sent = upstream.requests().getFirst();
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

  @Test
  void anthropicsStreamBecomesOneOfOpenAi() {
    upstream.then(
        (request, out, socket) -> {
          ScriptedUpstream.begin(out);
          for (String event :
              new String[] {
                "{\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"model\":\"large\",\"usage\":{\"input_tokens\":9}}}",
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
  }

  @Test
  void aResponseIsAChat() {
    HttpResponse<String> answer =
        door.post(
            "/v1/responses",
            "{\"model\":\"up\",\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"hi\"}]}]}");
    assertThat(json(answer).at("/output/0/content/0/text").asText()).isEqualTo("hello");
    assertThat(json(answer).path("status").asText()).isEqualTo("completed");
    HttpResponse<String> refused =
        door.post("/v1/responses", "{\"model\":\"up\",\"input\":\"x\",\"tools\":[{}]}");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(json(refused).at("/error/message").asText()).contains("/v1/chat/completions");
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
