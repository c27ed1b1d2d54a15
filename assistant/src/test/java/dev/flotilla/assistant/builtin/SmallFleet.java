package dev.flotilla.assistant.builtin;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentState;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Bytes;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Gpu;
import dev.flotilla.model.Launch;
import dev.flotilla.model.Limits;
import dev.flotilla.model.Machine;
import dev.flotilla.model.Need;
import dev.flotilla.model.Position;
import dev.flotilla.model.Restart;
import dev.flotilla.model.StopPolicy;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Two machines, three agents of which one is well, a flag, two plans and a name. */
final class SmallFleet {
  static final Instant NOW = Instant.parse("2026-11-20T17:05:00Z");
  private static final Position HERE = new Position("fleet.yaml", 1, 1);

  private static Agent agent(String name, String machine, int port, String... needs) {
    return new Agent(
        new AgentId(name, machine),
        "g",
        Optional.empty(),
        new Launch.Service(name),
        Map.of(Agent.MAIN_PORT, port),
        Optional.empty(),
        Optional.empty(),
        List.of(needs).stream()
            .map(n -> new Need(AgentId.parse(n, machine), new Need.Healthy(), HERE))
            .toList(),
        name.equals("STT")
            ? new Limits(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Bytes.ofMebibytes(4096)))
            : Limits.NONE,
        Restart.DEFAULT,
        StopPolicy.DEFAULT,
        true,
        false,
        Map.of(),
        Map.of(),
        Optional.empty(),
        HERE);
  }

  private static AgentStatus status(Agent agent, AgentState state, String reason) {
    return new AgentStatus(
        agent.id(),
        "g",
        state,
        reason,
        Optional.of(42L),
        agent.ports(),
        true,
        NOW.minusSeconds(180),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.empty());
  }

  static Facts facts() {
    Agent registry = agent("ServiceRegistry", "mainpc", 7200);
    Agent twin = agent("SystemDigitalTwin", "mainpc", 7220, "ServiceRegistry");
    Agent stt = agent("STT", "pc2", 5800, "SystemDigitalTwin@mainpc");
    Map<AgentId, Agent> agents = new LinkedHashMap<>();
    List.of(registry, twin, stt).forEach(a -> agents.put(a.id(), a));
    Map<String, Machine> machines = new LinkedHashMap<>();
    machines.put("mainpc", machine("mainpc", new Gpu(0, "RTX 4090", Bytes.ofMebibytes(24576))));
    machines.put("pc2", machine("pc2", new Gpu(0, "RTX 3060", Bytes.ofMebibytes(12288))));
    Fleet fleet =
        new Fleet(
            "home",
            "",
            0,
            Optional.empty(),
            machines,
            Map.of(),
            agents,
            Map.of(),
            Map.of(),
            List.of());
    return new Facts(
        fleet,
        Map.of(
            registry.id(), status(registry, AgentState.HEALTHY, ""),
            twin.id(), status(twin, AgentState.DEGRADED, "not ready: connection refused"),
            stt.id(), status(stt, AgentState.WAITING, "waits for SystemDigitalTwin")),
        Map.of("mainpc", NOW.minusSeconds(2), "pc2", NOW.minusSeconds(1)),
        Set.of(),
        Map.of("use_unified_memory", "on for 10 %"),
        List.of(new Facts.Change(NOW.minusSeconds(90), "SystemDigitalTwin became degraded")),
        NOW.minusSeconds(600),
        () ->
            List.of(
                new PlanFact(
                    "20261120-halve-the-build-time-k3f9x",
                    "Halve the build time",
                    "in progress",
                    1,
                    3,
                    List.of("Mend"),
                    Optional.of("ana")),
                new PlanFact(
                    "20261101-move-to-one-memory-a7b2c",
                    "Move to one memory",
                    "interrupted",
                    0,
                    2,
                    List.of("Count", "Copy"),
                    Optional.empty())),
        Map.of("yourname", "your name is Ana"),
        NOW,
        ZoneOffset.UTC);
  }

  private static Machine machine(String name, Gpu gpu) {
    return new Machine(
        name, "127.0.0.1", Optional.empty(), Optional.empty(), List.of(gpu), Map.of());
  }

  private SmallFleet() {}
}
