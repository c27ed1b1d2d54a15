package dev.flotilla.plan.exchange;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.model.Position;
import dev.flotilla.model.Problem;
import dev.flotilla.plan.Hashes;
import dev.flotilla.plan.Phase;
import dev.flotilla.plan.Plan;
import dev.flotilla.plan.PlanRefused;
import dev.flotilla.plan.event.EventLog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code tasks_active.json} in its three shapes: a list, {@code {"tasks": […]}} and a map of
 * ids. What the Markdown does not hold (other keys, their order, texts that Markdown would change)
 * goes into the log, so that {@link TasksExport} gives back an equal file.
 */
final class TasksJson {
  static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false);

  private static final List<String> FRONT =
      List.of("id", "description", "status", "created", "updated", "owner");

  private final String file;

  TasksJson(String file) {
    this.file = file;
  }

  List<Imported> read(String text) {
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw refused(
          e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
          "no valid JSON: " + e.getOriginalMessage());
    }
    return switch (root) {
      case ArrayNode list -> tasks(list, "list", EventLog.data());
      case ObjectNode object when object.get("tasks") instanceof ArrayNode list -> {
        ObjectNode top = object.deepCopy();
        top.putArray("tasks");
        yield tasks(list, "tasks", top);
      }
      case ObjectNode object -> map(object);
      default ->
          throw refused(
              0, "JSON that is a " + root.getNodeType().name().toLowerCase(java.util.Locale.ROOT));
    };
  }

  private List<Imported> tasks(ArrayNode list, String shape, ObjectNode top) {
    List<Imported> all = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      JsonNode task = list.get(i);
      if (!(task instanceof ObjectNode object) || !object.path("id").isTextual()) {
        throw refused(0, "entry " + (i + 1) + " of the list without an id");
      }
      all.add(task(object, object.path("id").asText(), shape, i, top));
    }
    return all;
  }

  private List<Imported> map(ObjectNode object) {
    List<Imported> all = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      boolean isTask =
          entry.getValue() instanceof ObjectNode value
              && (value.has("todos") || value.has("description"));
      if (!isTask) {
        throw refused(0, "“" + entry.getKey() + "”, which is no task");
      }
      all.add(
          task((ObjectNode) entry.getValue(), entry.getKey(), "map", all.size(), EventLog.data()));
    }
    return all;
  }

  private Imported task(ObjectNode task, String id, String shape, int order, ObjectNode top) {
    if (id.isBlank()) {
      throw refused(0, "entry " + (order + 1) + " with an empty id");
    }
    List<Todos.Todo> todos = todos(task, id);
    Map<String, String> front = new LinkedHashMap<>();
    front.put("id", id);
    for (String key : FRONT) {
      JsonNode value = task.get(key);
      if (!key.equals("id") && value != null && value.isValueNode() && !value.isNull()) {
        front.put(key, value.asText());
      }
    }
    String text = Todos.plan(front, todos);
    ObjectNode source = EventLog.data();
    source.put("file", file).put("shape", shape).put("order", order);
    if (!top.isEmpty()) {
      source.set("top", top);
    }
    source.set("task", template(task, Todos.read(id, text)));
    return new Imported(id, text, source).checked();
  }

  private List<Todos.Todo> todos(ObjectNode task, String id) {
    JsonNode list = task.path("todos");
    if (!list.isMissingNode() && !list.isArray()) {
      throw refused(0, "the todos of " + id + ", which are no list");
    }
    List<Todos.Todo> todos = new ArrayList<>();
    for (JsonNode todo : list) {
      if (todo.isTextual()) {
        todos.add(new Todos.Todo(todo.asText(), false));
      } else if (todo.path("text").isTextual()) {
        todos.add(new Todos.Todo(todo.path("text").asText(), todo.path("done").asBoolean()));
      } else {
        throw refused(0, "a todo of " + id + " without a text");
      }
    }
    return todos;
  }

  /** The task with its texts replaced by what they became, or kept where Markdown changed them. */
  private static ObjectNode template(ObjectNode task, Plan plan) {
    ObjectNode copy = task.deepCopy();
    if (copy.get("todos") instanceof ArrayNode todos) {
      for (int i = 0; i < todos.size(); i++) {
        String text =
            todos.get(i).isTextual() ? todos.get(i).asText() : todos.get(i).path("text").asText();
        Phase phase = plan.phases().get(i);
        String derived = Todos.text(plan, phase);
        ObjectNode stand = EventLog.data().put("phase", phase.index()).put("title", phase.title());
        if (!derived.equals(text)) {
          stand.put("became", Hashes.of(derived)).put("was", text);
        }
        if (todos.get(i) instanceof ObjectNode todo) {
          todo.set("text", stand);
        } else {
          todos.set(i, stand);
        }
      }
    }
    return copy;
  }

  private PlanRefused refused(int line, String found) {
    return new PlanRefused(
        List.of(
            Problem.error(
                new Position(file, line, 0),
                found,
                "a list of tasks, {\"tasks\": […]}, or a map of ids, each task with todos",
                "see docs/plan.md, “Task files”; nothing was imported")));
  }
}
