package dev.flotilla.cli.command;

import dev.flotilla.cli.rehearse.Chronicle;
import dev.flotilla.cli.rehearse.Outcome;
import dev.flotilla.hub.twin.CriticalPath;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A rehearsal as {@code --json} tells it; the shape stands in docs/json.md. */
final class RehearsalJson {
  private final Map<String, Object> json = new LinkedHashMap<>();

  private RehearsalJson() {}

  static RehearsalJson of(
      String fleet, Outcome outcome, long seed, int portOffset, Duration ran, Duration stopped) {
    RehearsalJson made = new RehearsalJson();
    made.json.put("fleet", fleet);
    made.json.put("ok", outcome.passed());
    made.json.put("seed", seed);
    made.json.put("portOffset", portOffset);
    made.json.put("seconds", seconds(ran));
    made.json.put("stopSeconds", seconds(stopped));
    made.json.put("leftBehind", outcome.left());
    made.json.put("notSeen", outcome.notSeen().stream().map(AgentId::toString).toList());
    return made;
  }

  Map<String, Object> with(List<AgentStatus> last, Chronicle record, CriticalPath path) {
    List<Map<String, Object>> agents = new ArrayList<>();
    for (AgentStatus status : last) {
      agents.add(agent(status, record));
    }
    json.put("agents", agents);
    json.put("criticalPath", path.steps().stream().map(step -> step.agent().toString()).toList());
    json.put("criticalPathSeconds", seconds(path.total()));
    json.put("incidents", record.incidents().stream().map(i -> incident(i, record)).toList());
    return json;
  }

  private static Map<String, Object> agent(AgentStatus status, Chronicle record) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", status.id().name());
    json.put("machine", status.id().machine());
    json.put("state", status.state().label());
    json.put("restarts", status.restarts());
    Optional.ofNullable(record.starts().get(status.id()))
        .ifPresent(
            start -> {
              json.put(
                  "startedAfter", seconds(Duration.between(record.began(), start.startedAt())));
              start
                  .readyAt()
                  .ifPresent(
                      at -> json.put("readyAfter", seconds(Duration.between(record.began(), at))));
            });
    return json;
  }

  private static Map<String, Object> incident(Chronicle.Incident incident, Chronicle record) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("agent", incident.agent().toString());
    json.put("after", seconds(Duration.between(record.began(), incident.when())));
    json.put("state", incident.state().label());
    json.put("what", incident.what());
    incident.took().ifPresent(took -> json.put("recoveredIn", seconds(took)));
    return json;
  }

  private static double seconds(Duration span) {
    return span.toMillis() / 1000.0;
  }
}
