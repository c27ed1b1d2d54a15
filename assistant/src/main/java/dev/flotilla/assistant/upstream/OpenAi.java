package dev.flotilla.assistant.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.kernel.http.Outbound;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A server that speaks OpenAI's API. What it says is passed on as it is. Thread-safe. */
public final class OpenAi implements Upstream {
  private static final String DONE = "[DONE]";
  private static final Pattern NEAR =
      Pattern.compile(
          "[^.]+|.*\\.(local|lan|internal)|127\\..*|10\\..*|192\\.168\\..*"
              + "|172\\.(1[6-9]|2\\d|3[01])\\..*");

  private final Server server;
  private final Optional<String> model;
  private final boolean near;

  /**
   * @param model what the server calls it; empty to pass on what the request names
   */
  public OpenAi(Server server, Optional<String> model) {
    this.server = server;
    this.model = model;
    this.near =
        Optional.ofNullable(server.url().getHost())
            .filter(host -> NEAR.matcher(host).matches())
            .isPresent();
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
    alsoByItsOldName(body);
    Outbound.Answer answer = server.post(call.kind().path(), body, call);
    if (call.stream() && answer.header("content-type").orElse("").contains("event-stream")) {
      return new Events(answer, choices(call));
    }
    try (answer) {
      ObjectNode whole = server.json(answer);
      if (!whole.has("choices") && !whole.has("data")) {
        throw UpstreamException.broken("an answer without choices");
      }
      return call.stream() ? new Parts(Replay.parts(call.kind(), whole)) : new Reply.Whole(whole);
    }
  }

  private static int choices(Call call) {
    JsonNode prompt = call.body().path("prompt");
    boolean several = prompt.isArray() && !prompt.path(0).isNumber();
    return call.body().path("n").asInt(1) * (several ? prompt.size() : 1);
  }

  /**
   * Many servers that people run themselves know the limit of an answer by its old name alone and
   * would drop the new one unsaid. Some others refuse both together.
   */
  private void alsoByItsOldName(ObjectNode body) {
    if (near && body.hasNonNull("max_completion_tokens") && !body.hasNonNull("max_tokens")) {
      body.set("max_tokens", body.get("max_completion_tokens"));
    }
  }

  private static final class Events implements Reply.Chunks {
    private final Outbound.Answer answer;
    private final EventReader events;
    private final int choices;
    private final Set<Integer> finished = new HashSet<>();

    Events(Outbound.Answer answer, int choices) {
      this.answer = answer;
      this.choices = choices;
      this.events = new EventReader(answer.body());
    }

    @Override
    public Optional<Chunk> next() throws UpstreamException {
      Optional<EventReader.Event> event;
      try {
        event = events.next();
      } catch (IOException | UncheckedIOException | IllegalStateException e) {
        if (finished()) {
          return Optional.empty();
        }
        throw Server.lost(e);
      }
      if (event.isEmpty() || event.get().data().equals(DONE)) {
        if (!finished() && event.isEmpty()) {
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
      for (JsonNode choice : tree.path("choices")) {
        if (choice.hasNonNull("finish_reason")) {
          finished.add(choice.path("index").asInt());
        }
      }
      return Optional.of(chunk);
    }

    /** Whether every choice has ended, so that nothing is missing but the words that say so. */
    private boolean finished() {
      return finished.size() >= choices;
    }

    @Override
    public void close() {
      answer.close();
    }
  }
}
