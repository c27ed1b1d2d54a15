package dev.flotilla.assistant.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.kernel.http.Outbound;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server that speaks Anthropic's API; translates chats there and back. Thread-safe. */
public final class Anthropic implements Upstream {
  private static final int MOST_TOKENS = 4096;
  private static final Map<String, String> FINISH =
      Map.of(
          "end_turn", "stop",
          "stop_sequence", "stop",
          "max_tokens", "length",
          "model_context_window_exceeded", "length",
          "tool_use", "tool_calls",
          "refusal", "content_filter");

  private final Server server;
  private final Optional<String> model;
  private final InstantSource time;

  public Anthropic(Server server, Optional<String> model, InstantSource time) {
    this.server = server;
    this.model = model;
    this.time = time;
  }

  @Override
  public About about() {
    return new About("anthropic", model, Optional.of(server.url()));
  }

  @Override
  public Reply ask(Call call) throws UpstreamException {
    if (call.kind() != Call.Kind.CHAT) {
      throw UpstreamException.unable("Anthropic's API answers chats alone");
    }
    ObjectNode request = AnthropicRequest.of(call.body(), model, MOST_TOKENS);
    request.put("stream", call.stream());
    Outbound.Answer answer = server.post("/messages", request, call);
    if (call.stream()) {
      return new Events(answer, time.instant().getEpochSecond());
    }
    try (answer) {
      return new Reply.Whole(whole(server.json(answer)));
    }
  }

  private ObjectNode whole(ObjectNode said) throws UpstreamException {
    if (!said.path("content").isArray()) {
      throw UpstreamException.broken("an answer without content");
    }
    StringBuilder text = new StringBuilder();
    ArrayNode calls = Answers.object().putArray("tool_calls");
    for (JsonNode part : said.path("content")) {
      switch (part.path("type").asText()) {
        case "text" -> text.append(part.path("text").asText());
        case "tool_use" -> {
          ObjectNode tool = calls.addObject();
          tool.put("id", part.path("id").asText()).put("type", "function");
          tool.putObject("function")
              .put("name", part.path("name").asText())
              .put("arguments", part.path("input").toString());
        }
        default -> {
          // Thinking and what is yet to come has no place in OpenAI's API.
        }
      }
    }
    ObjectNode message = Answers.message(text.toString());
    if (!calls.isEmpty()) {
      message.set("tool_calls", calls);
      if (text.isEmpty()) {
        message.putNull("content");
      }
    }
    return Answers.chat(
        said.path("id").asText(),
        time.instant().getEpochSecond(),
        said.path("model").asText(),
        message,
        finish(said.path("stop_reason").asText()),
        Usage.ofAnthropic(said.path("usage")));
  }

  private static String finish(String reason) {
    return FINISH.getOrDefault(reason, "stop");
  }

  /** Its events as parts of a chat. */
  private static final class Events implements Reply.Chunks {
    private final Outbound.Answer answer;
    private final EventReader events;
    private final long created;
    private final List<Integer> tools = new ArrayList<>();
    private String id = "";
    private String model = "";
    private final ObjectNode usage = Answers.object();
    private boolean stopped;
    private boolean over;

    Events(Outbound.Answer answer, long created) {
      this.answer = answer;
      this.events = new EventReader(answer.body());
      this.created = created;
    }

    @Override
    public Optional<Chunk> next() throws UpstreamException {
      while (!over) {
        Optional<EventReader.Event> event;
        try {
          event = events.next();
        } catch (IOException e) {
          throw Server.lost(e);
        }
        if (event.isEmpty()) {
          if (stopped) {
            return end();
          }
          throw UpstreamException.passing("it stopped in the middle of the stream");
        }
        Optional<Chunk> chunk = chunk(Server.tree(event.get().data()));
        if (chunk.isPresent()) {
          return chunk;
        }
      }
      return Optional.empty();
    }

    private Optional<Chunk> chunk(JsonNode event) throws UpstreamException {
      return switch (event.path("type").asText()) {
        case "message_start" -> {
          JsonNode message = event.path("message");
          id = message.path("id").asText();
          model = message.path("model").asText();
          told(message.path("usage"));
          yield part(Answers.object().put("role", "assistant").put("content", ""));
        }
        case "content_block_start" -> tool(event);
        case "content_block_delta" -> delta(event);
        case "message_delta" -> {
          told(event.path("usage"));
          stopped = true;
          String reason = finish(event.path("delta").path("stop_reason").asText());
          yield Optional.of(
              Answers.delta(id, created, model, Answers.object(), Optional.of(reason)));
        }
        case "message_stop" -> end();
        case "error" ->
            throw UpstreamException.broken(
                "it told of an error: " + event.path("error").path("message").asText());
        default -> Optional.empty();
      };
    }

    private Optional<Chunk> tool(JsonNode event) {
      JsonNode block = event.path("content_block");
      if (!block.path("type").asText().equals("tool_use")) {
        return Optional.empty();
      }
      tools.add(event.path("index").asInt());
      ObjectNode delta = Answers.object();
      ObjectNode call = delta.putArray("tool_calls").addObject();
      call.put("index", tools.size() - 1)
          .put("id", block.path("id").asText())
          .put("type", "function");
      call.putObject("function").put("name", block.path("name").asText()).put("arguments", "");
      return part(delta);
    }

    private Optional<Chunk> delta(JsonNode event) {
      JsonNode delta = event.path("delta");
      return switch (delta.path("type").asText()) {
        case "text_delta" -> part(Answers.object().put("content", delta.path("text").asText()));
        case "input_json_delta" -> {
          ObjectNode more = Answers.object();
          ObjectNode call = more.putArray("tool_calls").addObject();
          call.put("index", tools.indexOf(event.path("index").asInt()));
          call.putObject("function").put("arguments", delta.path("partial_json").asText());
          yield part(more);
        }
        default -> Optional.empty();
      };
    }

    private Optional<Chunk> part(ObjectNode delta) {
      return Optional.of(Answers.delta(id, created, model, delta, Optional.empty()));
    }

    private Optional<Chunk> end() {
      over = true;
      return Optional.of(Answers.usageChunk(id, created, model, Usage.ofAnthropic(usage)));
    }

    /** What is told later counts, of each number by itself. */
    private void told(JsonNode more) {
      more.properties()
          .forEach(
              field -> {
                if (field.getValue().isNumber()) {
                  usage.set(field.getKey(), field.getValue());
                }
              });
    }

    @Override
    public void close() {
      answer.close();
    }
  }
}
