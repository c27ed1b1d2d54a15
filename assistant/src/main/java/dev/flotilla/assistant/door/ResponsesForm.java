package dev.flotilla.assistant.door;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.assistant.door.api.ApiError;
import dev.flotilla.assistant.door.api.ResponsesApi;
import dev.flotilla.assistant.upstream.Reply;
import dev.flotilla.assistant.upstream.Usage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A stream in the words of OpenAI's responses API. For one thread. */
final class ResponsesForm implements StreamForm {
  private final String id;
  private final StringBuilder text = new StringBuilder();
  private String model = "";
  private long created;
  private int number;

  ResponsesForm(String id) {
    this.id = id;
  }

  @Override
  public void part(Reply.Chunk chunk, OutputStream out) throws IOException {
    if (number == 0) {
      begin(chunk, out);
    }
    String said = chunk.text();
    if (!said.isEmpty()) {
      text.append(said);
      send("response.output_text.delta", place().put("delta", said), out);
    }
  }

  private void begin(Reply.Chunk chunk, OutputStream out) throws IOException {
    model = chunk.tree().path("model").asText();
    created = chunk.tree().path("created").asLong();
    for (String event : new String[] {"response.created", "response.in_progress"}) {
      send(event, whole("in_progress", Usage.NONE), out);
    }
    ObjectNode added = JsonNodeFactory.instance.objectNode().put("output_index", 0);
    added.set("item", ResponsesApi.item(id, "in_progress", ""));
    send("response.output_item.added", added, out);
    ObjectNode part = place();
    part.set("part", ResponsesApi.part(""));
    send("response.content_part.added", part, out);
  }

  @Override
  public void end(Usage usage, OutputStream out) throws IOException {
    send("response.output_text.done", place().put("text", text.toString()), out);
    ObjectNode part = place();
    part.set("part", ResponsesApi.part(text.toString()));
    send("response.content_part.done", part, out);
    ObjectNode done = JsonNodeFactory.instance.objectNode().put("output_index", 0);
    done.set("item", ResponsesApi.item(id, "completed", text.toString()));
    send("response.output_item.done", done, out);
    send("response.completed", whole("completed", usage), out);
  }

  @Override
  public void error(ApiError error, OutputStream out) throws IOException {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("code", error.code().orElse("")).put("message", error.message()).putNull("param");
    send("error", event, out);
  }

  private ObjectNode whole(String status, Usage usage) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.set(
        "response", ResponsesApi.response(id, created, model, status, text.toString(), usage));
    return event;
  }

  private ObjectNode place() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("item_id", "msg-" + id)
        .put("output_index", 0)
        .put("content_index", 0);
  }

  private void send(String type, ObjectNode event, OutputStream out) throws IOException {
    event.put("type", type).put("sequence_number", number++);
    out.write(("event: " + type + "\ndata: " + event + "\n\n").getBytes(StandardCharsets.UTF_8));
  }
}
