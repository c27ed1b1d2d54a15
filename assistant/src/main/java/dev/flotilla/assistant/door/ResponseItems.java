package dev.flotilla.assistant.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.assistant.door.api.ResponsesAnswer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * What a streamed response consists of: a message, and calls of tools, each begun, continued and
 * ended by events of its own. For one thread.
 */
final class ResponseItems {
  private static final String TEXT = "output_text";
  private static final String REFUSAL = "refusal";

  private final String id;
  private final Events events;
  private final List<Item> items = new ArrayList<>();

  /** Sends an event. */
  @FunctionalInterface
  interface Events {
    void send(String type, ObjectNode event, OutputStream out) throws IOException;
  }

  /** An item that has begun. */
  private static final class Item {
    private final String kind;
    private final int index;
    private final ObjectNode shown;
    private final StringBuilder said = new StringBuilder();
    private final int number;
    private boolean ended;

    /**
     * @param kind of its text, or {@code function_call}
     * @param number of the call among the calls
     */
    Item(String kind, int index, int number, ObjectNode shown) {
      this.kind = kind;
      this.index = index;
      this.number = number;
      this.shown = shown;
    }
  }

  ResponseItems(String id, Events events) {
    this.id = id;
    this.events = events;
  }

  /** Passes on what a part of a chat's answer says. */
  void hear(JsonNode delta, OutputStream out) throws IOException {
    say(TEXT, delta.path("content").asText(""), out);
    say(REFUSAL, delta.path("refusal").asText(""), out);
    for (JsonNode call : delta.path("tool_calls")) {
      Item item = call(call, out);
      String more = call.path("function").path("arguments").asText("");
      if (!more.isEmpty()) {
        item.said.append(more);
        events.send("response.function_call_arguments.delta", place(item).put("delta", more), out);
      }
    }
  }

  /** Ends what has not ended; an answer that said nothing was an empty message. */
  ArrayNode end(OutputStream out) throws IOException {
    if (items.isEmpty()) {
      message(TEXT, out);
    }
    ArrayNode output = JsonNodeFactory.instance.arrayNode();
    for (Item item : items) {
      end(item, out);
      output.add(item.shown);
    }
    return output;
  }

  private void say(String kind, String more, OutputStream out) throws IOException {
    if (more.isEmpty()) {
      return;
    }
    Item item = message(kind, out);
    item.said.append(more);
    ObjectNode event = inPart(item).put("delta", more);
    if (kind.equals(TEXT)) {
      event.putArray("logprobs");
    }
    events.send("response." + kind + ".delta", event, out);
  }

  /** The message being said, if it is of this kind, or a new one. */
  private Item message(String kind, OutputStream out) throws IOException {
    for (Item item : items) {
      if (item.kind.equals(kind) && !item.ended) {
        return item;
      }
    }
    endMessages(out);
    String itemId = ResponsesAnswer.messageId(id) + (items.isEmpty() ? "" : "_" + items.size());
    Item item = new Item(kind, items.size(), 0, ResponsesAnswer.message(itemId, "in_progress"));
    begin(item, out);
    ObjectNode part = inPart(item);
    part.set("part", part(item));
    events.send("response.content_part.added", part, out);
    return item;
  }

  private Item call(JsonNode call, OutputStream out) throws IOException {
    int number = call.path("index").asInt();
    for (Item item : items) {
      if (item.kind.equals("function_call") && item.number == number) {
        return item;
      }
    }
    endMessages(out);
    ObjectNode shown =
        ResponsesAnswer.call(
            ResponsesAnswer.callId(id, number),
            "in_progress",
            call.path("id").asText(),
            call.path("function").path("name").asText(),
            "");
    Item item = new Item("function_call", items.size(), number, shown);
    begin(item, out);
    return item;
  }

  private void begin(Item item, OutputStream out) throws IOException {
    items.add(item);
    ObjectNode event = JsonNodeFactory.instance.objectNode().put("output_index", item.index);
    event.set("item", item.shown);
    events.send("response.output_item.added", event, out);
  }

  private void endMessages(OutputStream out) throws IOException {
    for (Item item : items) {
      if (!item.kind.equals("function_call")) {
        end(item, out);
      }
    }
  }

  private void end(Item item, OutputStream out) throws IOException {
    if (item.ended) {
      return;
    }
    item.ended = true;
    String said = item.said.toString();
    if (item.kind.equals("function_call")) {
      item.shown.put("arguments", said);
      ObjectNode done = place(item).put("name", item.shown.path("name").asText());
      events.send("response.function_call_arguments.done", done.put("arguments", said), out);
    } else {
      ObjectNode done = inPart(item).put(item.kind.equals(TEXT) ? "text" : REFUSAL, said);
      if (item.kind.equals(TEXT)) {
        done.putArray("logprobs");
      }
      events.send("response." + item.kind + ".done", done, out);
      ObjectNode part = inPart(item);
      part.set("part", part(item));
      events.send("response.content_part.done", part, out);
      item.shown.withArray("content").add(part(item));
    }
    item.shown.put("status", "completed");
    ObjectNode event = JsonNodeFactory.instance.objectNode().put("output_index", item.index);
    event.set("item", item.shown);
    events.send("response.output_item.done", event, out);
  }

  private static ObjectNode part(Item item) {
    return item.kind.equals(TEXT)
        ? ResponsesAnswer.part(item.said.toString())
        : ResponsesAnswer.refusalPart(item.said.toString());
  }

  private static ObjectNode place(Item item) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("item_id", item.shown.path("id").asText())
        .put("output_index", item.index);
  }

  private static ObjectNode inPart(Item item) {
    return place(item).put("content_index", 0);
  }
}
