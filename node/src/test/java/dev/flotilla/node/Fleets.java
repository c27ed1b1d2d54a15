package dev.flotilla.node;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Launch;
import dev.flotilla.model.Limits;
import dev.flotilla.model.Need;
import dev.flotilla.model.Position;
import dev.flotilla.model.Probe;
import dev.flotilla.model.Restart;
import dev.flotilla.model.StopPolicy;
import dev.flotilla.node.core.Cell;
import dev.flotilla.node.core.Orders;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Agents for tests. */
public final class Fleets {
  public static final Position NOWHERE = new Position("test", 0, 0);

  /** After so many in a row a probe of these agents counts as failing. */
  public static final int FAILURES = 3;

  private Fleets() {}

  public static AgentId id(String name) {
    return new AgentId(name, "here");
  }

  /** A command without ports, probes and needs. */
  public static Agent command(String name, String... argv) {
    return new Agent(
        id(name),
        "group",
        Optional.empty(),
        new Launch.Command(List.of(argv), "/"),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Limits.NONE,
        Restart.DEFAULT,
        StopPolicy.DEFAULT,
        true,
        false,
        Map.of(),
        Map.of(),
        Optional.empty(),
        NOWHERE);
  }

  public static Agent shell(String name, String script) {
    return command(name, "/bin/sh", "-c", script);
  }

  public static Need healthy(String name) {
    return new Need(id(name), new Need.Healthy(), NOWHERE);
  }

  public static Agent needing(Agent agent, Need... needs) {
    return with(
        agent,
        agent.launch(),
        agent.ports(),
        agent.liveness(),
        agent.readiness(),
        List.of(needs),
        agent.restart(),
        agent.stop(),
        agent.lazy());
  }

  public static Agent lazy(Agent agent) {
    return with(
        agent,
        agent.launch(),
        agent.ports(),
        agent.liveness(),
        agent.readiness(),
        agent.needs(),
        agent.restart(),
        agent.stop(),
        true);
  }

  public static Agent launching(Agent agent, Launch launch) {
    return with(
        agent,
        launch,
        agent.ports(),
        agent.liveness(),
        agent.readiness(),
        agent.needs(),
        agent.restart(),
        agent.stop(),
        agent.lazy());
  }

  public static Agent restarting(Agent agent, Restart restart) {
    return with(
        agent,
        agent.launch(),
        agent.ports(),
        agent.liveness(),
        agent.readiness(),
        agent.needs(),
        restart,
        agent.stop(),
        agent.lazy());
  }

  public static Agent stopping(Agent agent, StopPolicy stop) {
    return with(
        agent,
        agent.launch(),
        agent.ports(),
        agent.liveness(),
        agent.readiness(),
        agent.needs(),
        agent.restart(),
        stop,
        agent.lazy());
  }

  public static Agent listening(Agent agent, int port) {
    return with(
        agent,
        agent.launch(),
        Map.of(Agent.MAIN_PORT, port),
        agent.liveness(),
        agent.readiness(),
        agent.needs(),
        agent.restart(),
        agent.stop(),
        agent.lazy());
  }

  public static Agent probed(Agent agent, Optional<Probe> liveness, Optional<Probe> readiness) {
    return with(
        agent,
        agent.launch(),
        agent.ports(),
        liveness,
        readiness,
        agent.needs(),
        agent.restart(),
        agent.stop(),
        agent.lazy());
  }

  public static Agent alive(Agent agent, Probe.Check check) {
    return probed(agent, Optional.of(probe(check)), Optional.empty());
  }

  /** Each second, half a second's time, three failures. */
  public static Probe probe(Probe.Check check) {
    return new Probe(
        check, Duration.ofSeconds(1), Duration.ofMillis(500), FAILURES, Duration.ofSeconds(20));
  }

  public static Map<AgentId, Orders.Placed> manifest(Agent... agents) {
    return manifest(List.of(agents));
  }

  public static Map<AgentId, Orders.Placed> manifest(List<Agent> agents) {
    Map<AgentId, Orders.Placed> placed = new LinkedHashMap<>();
    agents.forEach(a -> placed.put(a.id(), new Orders.Placed(a, Cell.Place.HERE)));
    return placed;
  }

  public static Agent limited(Agent a, Limits limits) {
    return new Agent(
        a.id(),
        a.group(),
        a.description(),
        a.launch(),
        a.ports(),
        a.liveness(),
        a.readiness(),
        a.needs(),
        limits,
        a.restart(),
        a.stop(),
        a.required(),
        a.lazy(),
        a.environment(),
        a.config(),
        a.family(),
        a.where());
  }

  private static Agent with(
      Agent a,
      Launch launch,
      Map<String, Integer> ports,
      Optional<Probe> liveness,
      Optional<Probe> readiness,
      List<Need> needs,
      Restart restart,
      StopPolicy stop,
      boolean lazy) {
    return new Agent(
        a.id(),
        a.group(),
        a.description(),
        launch,
        ports,
        liveness,
        readiness,
        needs,
        a.limits(),
        restart,
        stop,
        a.required(),
        lazy,
        a.environment(),
        a.config(),
        a.family(),
        a.where());
  }
}
