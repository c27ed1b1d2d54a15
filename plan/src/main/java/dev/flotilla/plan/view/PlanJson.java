package dev.flotilla.plan.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.model.Problem;
import dev.flotilla.plan.Block;
import dev.flotilla.plan.Mark;
import dev.flotilla.plan.Phase;
import dev.flotilla.plan.Plan;
import dev.flotilla.plan.Task;
import dev.flotilla.plan.desk.Closing;
import dev.flotilla.plan.desk.Execution;
import dev.flotilla.plan.desk.Flow;
import dev.flotilla.plan.desk.Gates;
import dev.flotilla.plan.event.Event;
import dev.flotilla.plan.event.EventLog;
import dev.flotilla.plan.event.History;
import dev.flotilla.plan.event.Kind;
import dev.flotilla.plan.event.PhaseState;
import dev.flotilla.plan.gate.Outcome;
import dev.flotilla.plan.run.Preview;
import dev.flotilla.plan.run.Step;
import dev.flotilla.plan.store.PlanEntry;
import dev.flotilla.plan.store.Stored;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The answers of all commands as JSON. Pure. */
public final class PlanJson {
  private PlanJson() {}

  /** {@code {"plans":[{"id","description","status","phases":[{"index","title","done",…}]}]}}. */
  public static ObjectNode list(List<PlanEntry> plans, Instant now) {
    ObjectNode root = EventLog.data();
    ArrayNode list = root.putArray("plans");
    plans.forEach(plan -> list.add(entry(plan, now)));
    return root;
  }

  static ObjectNode entry(PlanEntry plan, Instant now) {
    ObjectNode node = EventLog.data();
    node.put("id", plan.id());
    node.put("description", plan.description());
    node.put("status", plan.status());
    node.put("created", plan.created());
    node.put("updated", plan.updated());
    put(node, "owner", plan.owner());
    put(node, "damage", plan.damage());
    put(node, "activeBy", plan.activeBy());
    ArrayNode phases = node.putArray("phases");
    for (PlanEntry.PhaseEntry phase : plan.phases()) {
      ObjectNode one = phases.addObject();
      one.put("index", phase.index()).put("title", phase.title()).put("done", phase.done());
      one.put("ready", phase.ready()).put("forced", phase.forced());
      put(one, "verdict", phase.verdict());
      put(one, "claimedBy", phase.holder(now));
      one.put("ticked", phase.ticked()).put("boxes", phase.boxes());
    }
    return node;
  }

  private static void put(ObjectNode node, String key, String value) {
    if (!value.isEmpty()) {
      node.put(key, value);
    }
  }

  /** A plan with all its text. */
  public static ObjectNode show(Stored stored, Instant now) {
    Plan plan = stored.plan();
    ObjectNode node = entry(PlanEntry.of(plan, stored.history()), now);
    ArrayNode phases = node.putArray("phases");
    plan.phases().forEach(phase -> phases.add(phase(plan, stored.history(), phase, now)));
    ArrayNode problems = node.putArray("problems");
    plan.problems().forEach(problem -> problems.add(problem(problem)));
    return node;
  }

  /** One phase with all its text, its tasks, commands and evidence. */
  public static ObjectNode phase(Plan plan, History history, Phase phase, Instant now) {
    PhaseState state = history.phase(phase);
    ObjectNode node = EventLog.data();
    node.put("index", phase.index()).put("title", phase.title()).put("done", phase.done());
    node.put("ready", !phase.done() && plan.missing(phase).isEmpty());
    node.put("forced", state.forced());
    if (phase.done()) {
      node.set("evidence", evidence(state));
    }
    state
        .claim(now)
        .filter(claim -> !phase.done())
        .ifPresent(
            claim ->
                node.put("claimedBy", claim.who())
                    .put("claimedUntil", PhaseState.until(claim).toString()));
    put(node, "note", phase.note());
    ArrayNode tasks = node.putArray("tasks");
    for (Task task : phase.tasks()) {
      ObjectNode one = tasks.addObject().put("path", task.path()).put("text", task.text());
      if (task.mark() != Mark.NONE) {
        one.put("done", task.mark() == Mark.DONE);
      }
    }
    ArrayNode commands = node.putArray("commands");
    for (Block block : phase.blocks()) {
      if (block.role() == Block.Role.STEP || block.role() == Block.Role.ROLLBACK) {
        String name = block.role().word() + ":" + block.number();
        commands
            .addObject()
            .put("step", name)
            .put("language", block.language())
            .put("code", block.code())
            .put("state", Execution.state(state, name));
      }
    }
    node.put("text", phase.body().of(plan.text()));
    return node;
  }

  private static ObjectNode evidence(PhaseState state) {
    ObjectNode node = EventLog.data();
    if (state.current().isEmpty()) {
      return node.put("verdict", "reported").put("by", "a mark in the file");
    }
    Event event = state.current().get();
    node.put("who", event.who()).put("at", event.at().toString());
    node.setAll(event.data().deepCopy());
    return node;
  }

  public static ObjectNode event(Event event) {
    ObjectNode node = EventLog.data();
    node.put("at", event.at().toString()).put("who", event.who());
    node.put("what", event.kind() == Kind.UNKNOWN ? event.text("do") : event.kind().word());
    if (event.phase() >= 0) {
      node.put("phase", event.phase()).put("title", event.title());
    }
    ObjectNode data = event.data().deepCopy();
    data.remove(List.of("task", "top"));
    if (!data.isEmpty()) {
      node.set("data", data);
    }
    return node;
  }

  public static ObjectNode problem(Problem problem) {
    ObjectNode node = EventLog.data();
    node.put("severity", problem.severity().name().toLowerCase(Locale.ROOT));
    node.put("where", problem.where().toString());
    return node.put("found", problem.found())
        .put("expected", problem.expected())
        .put("advice", problem.advice());
  }

  public static ObjectNode gate(Gates.Answer answer) {
    ObjectNode node = EventLog.data();
    node.put("id", answer.id()).put("phase", answer.phase()).put("title", answer.title());
    node.put("open", answer.open());
    put(node, "hash", answer.hash());
    ArrayNode conditions = node.putArray("conditions");
    for (Outcome outcome : answer.outcomes()) {
      ObjectNode one = conditions.addObject();
      one.put("condition", outcome.condition().text());
      one.put("state", outcome.state().name().toLowerCase(Locale.ROOT));
      one.put("found", outcome.found());
      put(one, "advice", outcome.advice());
    }
    ArrayNode problems = node.putArray("problems");
    answer.gate().problems().forEach(problem -> problems.add(problem(problem)));
    return node;
  }

  public static ObjectNode closed(Closing.Closed closed) {
    return EventLog.data()
        .put("id", closed.id())
        .put("phase", closed.phase())
        .put("title", closed.title())
        .put("verdict", closed.verdict())
        .put("already", closed.already())
        .put("status", closed.status());
  }

  public static ObjectNode ready(List<Flow.Ready> ready) {
    ObjectNode root = EventLog.data();
    ArrayNode list = root.putArray("next");
    for (Flow.Ready one : ready) {
      ObjectNode node = list.addObject();
      node.put("id", one.id()).put("description", one.description());
      node.put("phase", one.phase()).put("title", one.title()).put("status", one.status());
      put(node, "claimedBy", one.claimedBy());
    }
    return root;
  }

  public static ObjectNode preview(String id, int phase, Preview preview) {
    ObjectNode node = EventLog.data().put("id", id).put("phase", phase);
    node.put("hash", preview.hash()).put("folder", preview.folder());
    ObjectNode variables = node.putObject("environment");
    preview.variables().forEach((name, set) -> variables.put(name, set ? "set" : "not set"));
    ArrayNode unresolved = node.putArray("unresolved");
    preview.unresolved().forEach(unresolved::add);
    ArrayNode steps = node.putArray("steps");
    for (Step step : preview.steps()) {
      steps
          .addObject()
          .put("step", step.name())
          .put("interpreter", String.join(" ", step.interpreter()))
          .put("script", step.script());
    }
    ArrayNode succeeded = node.putArray("succeeded");
    preview.succeeded().forEach(step -> succeeded.add(step.name()));
    put(node, "unfinished", preview.interrupted());
    return node;
  }

  public static ObjectNode ran(String id, int phase, List<Execution.Ran> ran) {
    ObjectNode node = EventLog.data().put("id", id).put("phase", phase);
    node.put("ok", ran.stream().allMatch(r -> r.exit() == 0));
    ArrayNode steps = node.putArray("steps");
    for (Execution.Ran one : ran) {
      steps
          .addObject()
          .put("step", one.step())
          .put("exit", one.exit())
          .put("timedOut", one.timedOut())
          .put("seconds", one.seconds())
          .put("output", one.output())
          .put("sha256", one.sha256())
          .put("bytes", one.bytes());
    }
    return node;
  }
}
