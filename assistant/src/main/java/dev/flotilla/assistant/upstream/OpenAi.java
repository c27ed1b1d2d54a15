package dev.flotilla.assistant.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.kernel.http.Outbound;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** A server that speaks OpenAI's API. What it says is passed on as it is. Thread-safe. */
public final class OpenAi implements Upstream {
  private static final String DONE = "[DONE]";

  private final Server server;
  private final Optional<String> model;

  /**
   * @param model what the server calls it; empty to pass on what the request names
   */
  public OpenAi(Server server, Optional<String> model) {
    this.server = server;
    this.model = model;
  }

  @Override
  public About about() {
    return new About("openai", model, Optional.of(server.url()));
  }

  @Override
  public Reply ask(Call call) throws UpstreamException {
    ObjectNode body = call.body().deepCopy();
    model.ifPresent(name -> body.put("model", name));
    if (call.stream()) {
      body.put("stream", true);
      ObjectNode options =
          body.path("stream_options") instanceof ObjectNode given
              ? given
              : body.putObject("stream_options");
      options.put("include_usage", true);
    }
    Outbound.Answer answer = server.post(call.kind().path(), body, call);
    if (call.stream() && answer.header("content-type").orElse("").contains("event-stream")) {
      return new Events(answer);
    }
    try (answer) {
      ObjectNode whole = server.json(answer);
      if (!whole.has("choices") && !whole.has("data")) {
        throw UpstreamException.broken("an answer without choices");
      }
      return call.stream() && call.kind() == Call.Kind.CHAT
          ? new Pieces(whole)
          : new Reply.Whole(whole);
    }
  }

  /** What was to be a stream, from a server that knows none. */
  private static final class Pieces implements Reply.Chunks {
    private final Iterator<Chunk> pieces;

    Pieces(ObjectNode whole) {
      String id = whole.path("id").asText();
      String name = whole.path("model").asText();
      long created = whole.path("created").asLong();
      JsonNode choice = whole.path("choices").path(0);
      ObjectNode delta = Answers.object().put("role", "assistant");
      delta.set("content", choice.path("message").path("content"));
      int index = 0;
      for (JsonNode tool : choice.path("message").path("tool_calls")) {
        ObjectNode numbered = tool.deepCopy();
        delta.withArray("tool_calls").add(numbered.put("index", index++));
      }
      String finish = choice.path("finish_reason").asText("stop");
      pieces =
          List.of(
                  Answers.delta(id, created, name, delta, Optional.empty()),
                  Answers.delta(id, created, name, Answers.object(), Optional.of(finish)),
                  Answers.usageChunk(id, created, name, Usage.of(whole).orElse(Usage.NONE)))
              .iterator();
    }

    @Override
    public Optional<Chunk> next() {
      return pieces.hasNext() ? Optional.of(pieces.next()) : Optional.empty();
    }

    @Override
    public void close() {}
  }

  private static final class Events implements Reply.Chunks {
    private final Outbound.Answer answer;
    private final EventReader events;
    private boolean finished;

    Events(Outbound.Answer answer) {
      this.answer = answer;
      this.events = new EventReader(answer.body());
    }

    @Override
    public Optional<Chunk> next() throws UpstreamException {
      Optional<EventReader.Event> event;
      try {
        event = events.next();
      } catch (IOException | UncheckedIOException | IllegalStateException e) {
        if (finished) {
          return Optional.empty();
        }
        throw Server.lost(e);
      }
      if (event.isEmpty() || event.get().data().equals(DONE)) {
        if (!finished && event.isEmpty()) {
          throw UpstreamException.passing("it stopped in the middle of the stream");
        }
        return Optional.empty();
      }
      JsonNode tree = Server.tree(event.get().data());
      if (tree.hasNonNull("error")) {
        throw UpstreamException.broken(
            "it told of an error: " + tree.path("error").path("message").asText("without words"));
      }
      Chunk chunk = new Chunk(event.get().data(), tree);
      finished |= chunk.last();
      return Optional.of(chunk);
    }

    @Override
    public void close() {
      answer.close();
    }
  }
}
