package dev.flotilla.cli.view;

import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentStatus;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What people call the agents: the bare name where only one has it. */
public final class Names {
  private final Map<String, Long> bearers;

  public Names(Collection<AgentId> ids) {
    bearers = ids.stream().collect(Collectors.groupingBy(AgentId::name, Collectors.counting()));
  }

  public static Names of(List<AgentStatus> agents) {
    return new Names(agents.stream().map(AgentStatus::id).toList());
  }

  public String of(AgentId id) {
    return bearers.getOrDefault(id.name(), 0L) > 1 ? id.toString() : id.name();
  }

  /** For sorting and for maps. */
  public Function<AgentStatus, String> ofStatus() {
    return status -> of(status.id());
  }
}
