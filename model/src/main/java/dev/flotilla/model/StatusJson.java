package dev.flotilla.model;

import com.fasterxml.jackson.databind.util.StdConverter;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** {@link AgentStatus} as the local API and the bus show it: with its name and machine apart. */
record StatusJson(
    String name,
    String machine,
    String group,
    AgentState state,
    String reason,
    Optional<Long> pid,
    Map<String, Integer> ports,
    boolean required,
    Instant since,
    Optional<Instant> startedAt,
    Optional<Instant> readyAt,
    Optional<Instant> startsAgain,
    int restarts,
    Optional<String> lastExit) {

  static final class Write extends StdConverter<AgentStatus, StatusJson> {
    @Override
    public StatusJson convert(AgentStatus s) {
      return new StatusJson(
          s.id().name(),
          s.id().machine(),
          s.group(),
          s.state(),
          s.reason(),
          s.pid(),
          s.ports(),
          s.required(),
          s.since(),
          s.startedAt(),
          s.readyAt(),
          s.startsAgain(),
          s.restarts(),
          s.lastExit());
    }
  }

  static final class Read extends StdConverter<StatusJson, AgentStatus> {
    @Override
    public AgentStatus convert(StatusJson s) {
      return new AgentStatus(
          new AgentId(s.name, s.machine),
          s.group,
          s.state,
          s.reason,
          s.pid,
          s.ports,
          s.required,
          s.since,
          s.startedAt,
          s.readyAt,
          s.startsAgain,
          s.restarts,
          s.lastExit);
    }
  }
}
