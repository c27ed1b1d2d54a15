package dev.flotilla.plan.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.plan.Mark;
import dev.flotilla.plan.Phase;
import dev.flotilla.plan.PlanRefused;
import dev.flotilla.plan.desk.Claims;
import dev.flotilla.plan.desk.Closing;
import dev.flotilla.plan.desk.Desk;
import dev.flotilla.plan.desk.Execution;
import dev.flotilla.plan.desk.Flow;
import dev.flotilla.plan.desk.Gates;
import dev.flotilla.plan.desk.Writing;
import dev.flotilla.plan.event.EventLog;
import dev.flotilla.plan.run.Preview;
import dev.flotilla.plan.store.PlanEntry;
import dev.flotilla.plan.store.Stored;
import dev.flotilla.plan.view.PlanJson;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Does what a tool is asked for. Thread-safe. */
record Tools(Desk desk) {
  private static final int LONGEST_TEXT = 20_000;

  JsonNode call(String name, ObjectNode a) {
    return switch (name) {
      case "plan_list" -> list(text(a, "view"));
      case "plan_show" -> show(a);
      case "plan_write" -> write(a);
      case "plan_claim" -> claim(a);
      case "plan_exec" -> exec(a);
      case "plan_check" -> check(a);
      case "plan_done" -> done(a);
      default -> throw new UnknownTool(name);
    };
  }

  private static String text(ObjectNode a, String key) {
    return a.path(key).isNull() ? "" : a.path(key).asText("");
  }

  private static String id(ObjectNode a) {
    String id = text(a, "id");
    if (id.isBlank()) {
      throw new PlanRefused("id", "no id", "the id of a plan", "take one from plan_list");
    }
    return id;
  }

  private static int phase(ObjectNode a) {
    if (!a.path("phase").isNumber()) {
      throw new PlanRefused(
          "phase", "no phase", "the number of a phase", "take one from plan_show");
    }
    return a.path("phase").asInt();
  }

  private JsonNode list(String view) {
    if (view.equals("next")) {
      return PlanJson.ready(new Flow(desk).next());
    }
    List<PlanEntry> plans =
        desk.store().list().stream().filter(p -> view.equals("all") || p.open()).toList();
    return PlanJson.list(plans, desk.now());
  }

  private JsonNode show(ObjectNode a) {
    Stored stored = desk.open(id(a));
    if (a.path("phase").isNumber()) {
      Phase phase = Desk.phase(stored, phase(a));
      return bounded(PlanJson.phase(stored.plan(), stored.history(), phase, desk.now()));
    }
    ObjectNode plan = PlanJson.show(stored, desk.now());
    for (JsonNode phase : plan.path("phases")) {
      if (phase instanceof ObjectNode node) {
        node.remove(List.of("text", "commands"));
      }
    }
    return plan;
  }

  private static ObjectNode bounded(ObjectNode phase) {
    String text = phase.path("text").asText();
    if (text.length() > LONGEST_TEXT) {
      phase.put("text", text.substring(0, LONGEST_TEXT));
      phase.put("cut", "the text has " + text.length() + " characters; read the file for the rest");
    }
    return phase;
  }

  private JsonNode write(ObjectNode a) {
    Writing writing = new Writing(desk);
    if (!text(a, "description").isBlank()) {
      String made = writing.create(text(a, "description"), "", "", List.of(), false);
      return EventLog.data().put("id", made);
    }
    ObjectNode answer = EventLog.data().put("id", id(a));
    return a.path("phase").isNumber()
        ? answer
            .put("phase", phase(a))
            .put("task", writing.addTask(id(a), phase(a), text(a, "text")))
        : answer.put("phase", writing.addPhase(id(a), text(a, "text")));
  }

  private JsonNode claim(ObjectNode a) {
    Claims claims = new Claims(desk);
    if (a.path("release").asBoolean()) {
      return EventLog.data().put("released", claims.release(id(a), phase(a)));
    }
    int index = a.path("phase").isNumber() ? phase(a) : -1;
    Duration lease =
        a.path("minutes").isNumber()
            ? Duration.ofSeconds((long) (a.path("minutes").asDouble() * 60))
            : Claims.LEASE;
    Claims.Claimed claimed = claims.claim(id(a), index, lease);
    return EventLog.data()
        .put("id", claimed.id())
        .put("phase", claimed.phase())
        .put("title", claimed.title())
        .put("who", claimed.who())
        .put("until", claimed.until().toString());
  }

  private JsonNode exec(ObjectNode a) {
    Map<String, String> values = new LinkedHashMap<>();
    a.path("set").properties().forEach(e -> values.put(e.getKey(), e.getValue().asText()));
    boolean rollback = a.path("rollback").asBoolean();
    Preview.Wanted wanted = new Preview.Wanted(a.path("command").asInt(0), rollback, false, values);
    Execution execution = new Execution(desk);
    if (text(a, "run").isEmpty()) {
      return PlanJson.preview(id(a), phase(a), execution.preview(id(a), phase(a), wanted));
    }
    Execution.Unfinished unfinished =
        switch (text(a, "unfinished")) {
          case "repeat" -> Execution.Unfinished.REPEAT;
          case "skip" -> Execution.Unfinished.SKIP;
          default -> Execution.Unfinished.ASK;
        };
    Duration timeout = Duration.ofSeconds(a.path("timeout_s").asLong(1800));
    List<Execution.Ran> ran =
        execution.run(
            id(a),
            phase(a),
            new Execution.Order(text(a, "run"), wanted, timeout, unfinished),
            OutputStream.nullOutputStream());
    return PlanJson.ran(id(a), phase(a), ran);
  }

  private JsonNode check(ObjectNode a) {
    Gates gates = new Gates(desk);
    if (a.path("ack").asBoolean()) {
      gates.acknowledge(id(a), phase(a));
    }
    String run = text(a, "run");
    return PlanJson.gate(
        run.isEmpty() ? gates.look(id(a), phase(a)) : gates.run(id(a), phase(a), run));
  }

  private JsonNode done(ObjectNode a) {
    Closing closing = new Closing(desk);
    boolean undo = a.path("undo").asBoolean();
    String task = text(a, "task");
    if (!task.isEmpty()) {
      closing.tick(id(a), phase(a), task, undo ? Mark.OPEN : Mark.DONE);
      return EventLog.data().put("task", task).put("done", !undo);
    }
    if (undo) {
      return PlanJson.closed(closing.undo(id(a), phase(a), text(a, "reason")));
    }
    Closing.Wish wish =
        new Closing.Wish(
            a.path("confidence").asDouble(-1),
            text(a, "run"),
            a.path("force").asBoolean(),
            text(a, "reason"));
    return PlanJson.closed(closing.done(id(a), phase(a), wish));
  }
}
