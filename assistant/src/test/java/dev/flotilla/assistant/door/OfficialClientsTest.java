package dev.flotilla.assistant.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * OpenAI's own clients, unmodified. {@code OPENAI_PYTHON} names a Python that has the package
 * openai, {@code OPENAI_NODE_MODULES} a folder node_modules that has it.
 */
@Tag("external")
final class OfficialClientsTest extends DoorCase {
  private final CountDownLatch cut = new CountDownLatch(1);

  @Override
  String router() {
    first.then(this::play);
    second.then(ScriptedUpstream.fails(500, ""));
    return """
    targets:
      up: {url: '%s'}
      down: {url: '%s'}
    tasks:
      all: {target: up}
    """
        .formatted(first.url(), second.url());
  }

  private void play(ScriptedUpstream.Request request, OutputStream out, Socket socket)
      throws IOException, InterruptedException {
    String body = request.body();
    ScriptedUpstream.Script script;
    if (request.line().contains("/embeddings")) {
      script =
          whole(
              "{\"object\":\"list\",\"model\":\"e\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":[1,0]},{\"object\":\"embedding\",\"index\":1,\"embedding\":[0.5,0.25]}],\"usage\":{\"prompt_tokens\":2,\"total_tokens\":2}}");
    } else if (request.line().contains("/completions") && !request.line().contains("/chat/")) {
      script =
          whole(
              "{\"id\":\"c\",\"object\":\"text_completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"text\":\"done\",\"index\":0,\"finish_reason\":\"stop\",\"logprobs\":null}]}");
    } else if (body.contains("a place")) {
      script = ScriptedUpstream.answers("{\\\"city\\\":\\\"Rome\\\"}");
    } else if (body.contains("too long")) {
      script =
          (r, o, s) ->
              ScriptedUpstream.send(
                  o,
                  400,
                  "application/json",
                  "",
                  "{\"error\":{\"message\":\"m\",\"type\":\"invalid_request_error\",\"param\":\"messages\",\"code\":\"context_length_exceeded\"}}");
    } else if (body.contains("sunny")) {
      script = ScriptedUpstream.answers("it is sunny");
    } else if (body.contains("\"tools\"")) {
      script = body.contains("\"stream\":true") ? streamedTool() : whole(TOOL_CALL);
    } else if (body.contains("goodbye")) {
      script = ScriptedUpstream.answers("goodbye");
    } else if (body.contains("count")) {
      script = ScriptedUpstream.streams("one ", "two ", "three");
    } else if (body.contains("limit")) {
      script = ScriptedUpstream.fails(429, "Retry-After: 1\r\n");
    } else if (body.contains("break")) {
      script = ScriptedUpstream.breaksAfter("one ", "two");
    } else if (body.contains("wait")) {
      script =
          (r, o, s) -> {
            ScriptedUpstream.begin(o);
            ScriptedUpstream.event(o, ScriptedUpstream.delta("one"));
            ScriptedUpstream.silentUntilCut(cut).play(r, o, s);
          };
    } else {
      script = ScriptedUpstream.answers("hello");
    }
    script.play(request, out, socket);
  }

  private static final String TOOL_CALL =
      "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"{\\\"city\\\":\\\"Rome\\\"}\"}}]},\"finish_reason\":\"tool_calls\"}],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":5,\"total_tokens\":10}}";

  private static ScriptedUpstream.Script whole(String json) {
    return (request, out, socket) -> ScriptedUpstream.send(out, 200, "application/json", "", json);
  }

  private static ScriptedUpstream.Script streamedTool() {
    return (request, out, socket) -> {
      ScriptedUpstream.begin(out);
      for (String delta :
          List.of(
              "{\"role\":\"assistant\",\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"\"}}]}",
              "{\"tool_calls\":[{\"index\":1,\"id\":\"call_2\",\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"{\\\"city\\\":\\\"Oslo\\\"}\"}}]}",
              "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"city\\\":\"}}]}",
              "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"\\\"Rome\\\"}\"}}]}")) {
        ScriptedUpstream.event(out, chunk(delta, "null"));
      }
      ScriptedUpstream.event(out, chunk("{}", "\"tool_calls\""));
      ScriptedUpstream.event(out, "[DONE]");
      ScriptedUpstream.chunk(out, "");
    };
  }

  private static String chunk(String delta, String finish) {
    return "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":"
        + delta
        + ",\"finish_reason\":"
        + finish
        + "}]}";
  }

  @Test
  void thePythonClient() throws Exception {
    String python = variable("OPENAI_PYTHON");
    assertThat(run(List.of(python, script("client_suite.py")))).doesNotContain("WRONG");
  }

  @Test
  void thePythonClientSeesTheSameStreamFromTheCache() throws Exception {
    String python = variable("OPENAI_PYTHON");
    reopen(
        "targets:\n  up: {url: '%s'}\ntasks:\n  all: {target: up}\n".formatted(first.url()),
        "cache: {answers: exact}");
    assertThat(run(List.of(python, script("client_cache.py")))).isEqualTo("ok told again\n");
    assertThat(first.requests()).hasSize(1);
  }

  @Test
  void theNpmClient() throws Exception {
    variable("OPENAI_NODE_MODULES");
    assertThat(run(List.of("node", script("client_suite.mjs")))).endsWith("ok rate limit\n");
    assertThat(cut.await(60, TimeUnit.SECONDS)).isTrue();
  }

  private static String variable(String name) {
    Optional<String> value = Optional.ofNullable(System.getenv(name));
    assumeTrue(value.isPresent(), name + " is not set: OpenAI's client is not here");
    return value.orElseThrow();
  }

  /** A key for two embeddings a minute. */
  private String embeddingKey() throws IOException {
    return DoorSetup.json(
            door.post(
                "/keys",
                "{\"name\":\"e\",\"operations\":[\"embedding\"],\"requestsAMinute\":2}",
                "Authorization",
                "Bearer " + Files.readString(state.resolve("door/owner.key"))))
        .path("secret")
        .asText();
  }

  private String script(String name) throws IOException {
    Path file = state.resolve(name);
    try (InputStream in = OfficialClientsTest.class.getResourceAsStream(name)) {
      Files.copy(in, file);
    }
    return file.toString();
  }

  private String run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("DOOR", door.url());
    builder.environment().put("KEY", embeddingKey());
    builder.environment().put("NO_PROXY", "127.0.0.1");
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
