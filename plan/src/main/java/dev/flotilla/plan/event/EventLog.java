package dev.flotilla.plan.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The log of a plan: events in order, and the lines that are none. Reading forgives what git and
 * crashes leave behind: merge markers, the same event twice, a last line cut off.
 *
 * @param events by sequence, then time, then id; each id once
 * @param damaged numbers of lines, from 1, that are neither events nor merge markers
 * @param markers whether there are merge markers between the events
 */
public record EventLog(List<Event> events, List<Integer> damaged, boolean markers) {
  public static final EventLog EMPTY = new EventLog(List.of(), List.of(), false);

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false);
  private static final Comparator<Event> ORDER =
      Comparator.comparingLong(Event::sequence).thenComparing(Event::at).thenComparing(Event::id);

  public EventLog {
    events = List.copyOf(events);
    damaged = List.copyOf(damaged);
  }

  public static EventLog read(byte[] bytes) {
    if (bytes.length == 0) {
      return EMPTY;
    }
    Map<String, Event> events = new LinkedHashMap<>();
    List<Integer> damaged = new ArrayList<>();
    boolean markers = false;
    int number = 0;
    for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n", -1)) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      if (isMarker(line)) {
        markers = true;
        continue;
      }
      if (!add(line, events)) {
        damaged.add(number);
      }
    }
    List<Event> ordered = new ArrayList<>(events.values());
    ordered.sort(ORDER);
    return new EventLog(ordered, damaged, markers);
  }

  private static boolean isMarker(String line) {
    return line.startsWith("<<<<<<<")
        || line.startsWith("=======")
        || line.startsWith(">>>>>>>")
        || line.startsWith("|||||||");
  }

  private static boolean add(String line, Map<String, Event> events) {
    try {
      if (!(JSON.readTree(line) instanceof ObjectNode node)
          || !node.path("id").isTextual()
          || !node.path("do").isTextual()) {
        return false;
      }
      Instant at = Instant.parse(node.path("at").asText());
      Event event =
          new Event(
              node.path("seq").asLong(),
              node.path("id").asText(),
              at,
              node.path("who").asText(),
              Kind.of(node.path("do").asText()),
              node.path("phase").asInt(-1),
              node.path("title").asText(""),
              data(node));
      events.putIfAbsent(event.id(), event);
      return true;
    } catch (JsonProcessingException | DateTimeException e) {
      return false;
    }
  }

  private static ObjectNode data(ObjectNode node) {
    ObjectNode data = node.deepCopy();
    data.remove(List.of("seq", "id", "at", "who", "phase", "title"));
    if (Kind.of(node.path("do").asText()) != Kind.UNKNOWN) {
      data.remove("do");
    }
    return data;
  }

  /** The line of an event, ended by a line feed. */
  public static String line(Event event) {
    ObjectNode node = JSON.createObjectNode();
    node.put("seq", event.sequence());
    node.put("id", event.id());
    node.put("at", event.at().toString());
    node.put("who", event.who());
    node.put("do", event.kind().word());
    if (event.phase() >= 0) {
      node.put("phase", event.phase());
      node.put("title", event.title());
    }
    for (Map.Entry<String, JsonNode> entry : event.data().properties()) {
      node.set(entry.getKey(), entry.getValue());
    }
    return node + "\n";
  }

  /** An empty object for the data of an event. */
  public static ObjectNode data() {
    return JSON.createObjectNode();
  }

  public long lastSequence() {
    return events.isEmpty() ? 0 : events.getLast().sequence();
  }
}
