package dev.flotilla.plan.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.plan.Hashes;
import dev.flotilla.plan.Phase;
import dev.flotilla.plan.Plan;
import dev.flotilla.plan.event.Event;
import dev.flotilla.plan.event.EventLog;
import dev.flotilla.plan.event.History;
import dev.flotilla.plan.event.Kind;
import dev.flotilla.plan.store.Stored;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes plans as {@code tasks_active.json}. A plan that came from such a file gives back all it
 * had, changed only where the plan changed.
 */
public final class TasksExport {
  /** The form of the file. */
  public enum Shape {
    LIST,
    TASKS,
    MAP
  }

  private TasksExport() {}

  /** The shape the plans came in, a list when they came in none or in several. */
  public static Shape shape(List<Stored> plans) {
    Set<String> shapes = new HashSet<>();
    plans.forEach(plan -> shapes.add(source(plan).map(e -> e.text("shape")).orElse("list")));
    if (shapes.size() != 1) {
      return Shape.LIST;
    }
    return switch (shapes.iterator().next()) {
      case "tasks" -> Shape.TASKS;
      case "map" -> Shape.MAP;
      default -> Shape.LIST;
    };
  }

  /** The file as JSON: imported plans in the order they had, then the others. */
  public static JsonNode of(List<Stored> plans, Shape shape) {
    List<Stored> ordered = new ArrayList<>(plans);
    ordered.sort(
        Comparator.comparingDouble(
            plan -> source(plan).map(e -> e.number("order", 0)).orElse(Double.MAX_VALUE)));
    return switch (shape) {
      case LIST -> list(ordered);
      case TASKS -> {
        ObjectNode top =
            ordered.stream()
                .flatMap(plan -> source(plan).stream())
                .filter(e -> e.data().get("top") instanceof ObjectNode)
                .findFirst()
                .map(e -> (ObjectNode) e.data().get("top").deepCopy())
                .orElseGet(EventLog::data);
        top.set("tasks", list(ordered));
        yield top;
      }
      case MAP -> {
        ObjectNode map = EventLog.data();
        ordered.forEach(plan -> map.set(plan.plan().id(), task(plan)));
        yield map;
      }
    };
  }

  private static ArrayNode list(List<Stored> plans) {
    ArrayNode list = TasksJson.JSON.createArrayNode();
    plans.forEach(plan -> list.add(task(plan)));
    return list;
  }

  private static Optional<Event> source(Stored plan) {
    return plan.history()
        .last(Kind.IMPORTED)
        .filter(e -> e.data().get("task") instanceof ObjectNode);
  }

  private static ObjectNode task(Stored stored) {
    Plan plan = stored.plan();
    Optional<Event> source = source(stored);
    if (source.isEmpty()) {
      return fresh(stored);
    }
    ObjectNode task = (ObjectNode) source.get().data().get("task").deepCopy();
    boolean changed = changed(stored, source.get());
    for (Map.Entry<String, JsonNode> entry : List.copyOf(task.properties())) {
      String now = plan.front().value(entry.getKey());
      boolean known = entry.getValue().isValueNode() && !entry.getValue().isNull();
      if (known && !now.isEmpty() && !now.equals(entry.getValue().asText())) {
        task.put(entry.getKey(), now);
      }
    }
    if (changed && task.has("updated")) {
      task.put("updated", updated(stored.history(), plan));
    }
    if (task.has("todos") || !plan.phases().isEmpty()) {
      task.set("todos", todos(plan, task.path("todos")));
    }
    return task;
  }

  private static boolean changed(Stored stored, Event source) {
    return stored.log().events().stream().anyMatch(e -> e.sequence() > source.sequence());
  }

  private static String updated(History history, Plan plan) {
    return history.lastChange().map(Object::toString).orElse(plan.created());
  }

  private static ArrayNode todos(Plan plan, JsonNode before) {
    ArrayNode todos = TasksJson.JSON.createArrayNode();
    for (Phase phase : plan.phases()) {
      JsonNode old = before(plan, before, phase);
      String text = Todos.text(plan, phase);
      JsonNode stand = old.has("phase") ? old : old.path("text");
      String exact =
          stand.has("was") && stand.path("became").asText().equals(Hashes.of(text))
              ? stand.path("was").asText()
              : text;
      if (old.has("phase") && !phase.done()) {
        todos.add(exact);
      } else {
        ObjectNode todo =
            old instanceof ObjectNode object && !old.has("phase")
                ? object.deepCopy()
                : EventLog.data();
        todo.put("text", exact);
        if (todo.has("done") || phase.done() || old.isMissingNode()) {
          todo.put("done", phase.done());
        }
        todos.add(todo);
      }
    }
    return todos;
  }

  private static JsonNode before(Plan plan, JsonNode todos, Phase phase) {
    for (JsonNode todo : todos) {
      JsonNode stand = todo.has("phase") ? todo : todo.path("text");
      if (stand.path("phase").asInt(-1) == phase.index()
          && (stand.path("title").asText().equals(phase.title())
              || plan.phases().stream()
                  .noneMatch(p -> p.title().equals(stand.path("title").asText())))) {
        return todo;
      }
    }
    return TasksJson.JSON.missingNode();
  }

  private static ObjectNode fresh(Stored stored) {
    Plan plan = stored.plan();
    ObjectNode task = EventLog.data();
    task.put("id", plan.id());
    task.put("description", plan.description());
    task.set("todos", todos(plan, TasksJson.JSON.missingNode()));
    task.put("status", plan.status());
    task.put("created", plan.created());
    task.put("updated", updated(stored.history(), plan));
    return task;
  }
}
