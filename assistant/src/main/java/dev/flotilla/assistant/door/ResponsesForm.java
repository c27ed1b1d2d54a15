package dev.flotilla.assistant.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.assistant.door.api.ApiError;
import dev.flotilla.assistant.door.api.ResponsesAnswer;
import dev.flotilla.assistant.upstream.Reply;
import dev.flotilla.assistant.upstream.Usage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A stream in the words of OpenAI's responses API. For one thread. */
final class ResponsesForm implements StreamForm {
  private final ObjectNode request;
  private final String id;
  private final ResponseItems items;
  private ObjectNode response;
  private String finish = "";
  private int number;

  ResponsesForm(ObjectNode request, String id) {
    this.request = request;
    this.id = id;
    this.items = new ResponseItems(id, this::send);
    this.response = ResponsesAnswer.begun(request, id, 0, "");
  }

  @Override
  public void part(Reply.Chunk chunk, OutputStream out) throws IOException {
    if (number == 0) {
      JsonNode tree = chunk.tree();
      response =
          ResponsesAnswer.begun(
              request, id, tree.path("created").asLong(), tree.path("model").asText());
      send("response.created", whole(), out);
      send("response.in_progress", whole(), out);
    }
    JsonNode choice = chunk.tree().path("choices").path(0);
    items.hear(choice.path("delta"), out);
    finish = choice.path("finish_reason").asText(finish);
  }

  @Override
  public void end(Usage usage, OutputStream out) throws IOException {
    ArrayNode output = items.end(out);
    ResponsesAnswer.ended(response, finish, output);
    response.set("usage", ResponsesAnswer.usage(usage));
    send("response." + response.path("status").asText(), whole(), out);
  }

  /** The error as clients raise it, and the response as it failed. */
  @Override
  public void error(ApiError error, OutputStream out) throws IOException {
    String code = error.code().orElse("server_error");
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("code", code).put("message", error.message()).putNull("param");
    event.setAll(error.json());
    send("error", event, out);
    response.put("status", "failed");
    response.putObject("error").put("code", code).put("message", error.message());
    send("response.failed", whole(), out);
  }

  private ObjectNode whole() {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.set("response", response);
    return event;
  }

  private void send(String type, ObjectNode event, OutputStream out) throws IOException {
    event.put("type", type).put("sequence_number", number++);
    out.write(("event: " + type + "\ndata: " + event + "\n\n").getBytes(StandardCharsets.UTF_8));
  }
}
