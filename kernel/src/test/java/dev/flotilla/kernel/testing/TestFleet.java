package dev.flotilla.kernel.testing;

import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.AgentState;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Bytes;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Gpu;
import dev.flotilla.model.Group;
import dev.flotilla.model.Launch;
import dev.flotilla.model.Limits;
import dev.flotilla.model.Machine;
import dev.flotilla.model.Model;
import dev.flotilla.model.Need;
import dev.flotilla.model.Position;
import dev.flotilla.model.Probe;
import dev.flotilla.model.Restart;
import dev.flotilla.model.StopPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes fleets for tests, agent by agent. */
public final class TestFleet {
  public static final Instant T0 = Instant.parse("2026-11-20T12:00:00Z");
  private static final Position NOWHERE = new Position("fleet.yaml", 1, 1);

  private final Map<String, Machine> machines = new LinkedHashMap<>();
  private final Map<AgentId, Agent> agents = new LinkedHashMap<>();
  private final Map<String, Model> models = new LinkedHashMap<>();

  public TestFleet machine(String name, String address, int... gpuGibibytes) {
    List<Gpu> gpus = new ArrayList<>();
    for (int gibibytes : gpuGibibytes) {
      gpus.add(new Gpu(gpus.size(), "Card " + gpus.size(), gibibytes(gibibytes)));
    }
    machines.put(
        name, new Machine(name, address, Optional.empty(), Optional.empty(), gpus, Map.of()));
    return this;
  }

  public TestFleet model(String name, int gibibytes, boolean resident, String... on) {
    models.put(
        name,
        new Model(
            name,
            "chat",
            "llama.cpp",
            Optional.empty(),
            Optional.of(gibibytes(gibibytes)),
            List.of(on),
            resident,
            resident,
            Map.of()));
    return this;
  }

  /** A required agent {@code name@machine} that needs others healthy. */
  public TestFleet agent(String id, int port, String... needs) {
    return add(plain(id, port, needs));
  }

  public TestFleet add(Agent agent) {
    agents.put(agent.id(), agent);
    return this;
  }

  public Fleet build() {
    Map<String, Group> groups = new LinkedHashMap<>();
    agents
        .values()
        .forEach(
            a ->
                groups.put(
                    a.group(),
                    new Group(a.group(), a.id().machine(), Optional.empty(), Optional.empty())));
    return new Fleet(
        "test", "", 0, Optional.empty(), machines, groups, agents, models, Map.of(), List.of());
  }

  public static Agent plain(String id, int port, String... needs) {
    AgentId agent = AgentId.parse(id, "pc1");
    return new Agent(
        agent,
        "core",
        Optional.empty(),
        new Launch.Command(List.of("run", "--port", Integer.toString(port)), "/srv"),
        port == 0 ? Map.of() : Map.of("main", port),
        Optional.of(probe(port)),
        Optional.empty(),
        List.of(needs).stream().map(TestFleet::healthy).toList(),
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

  /** A service on a free port of {@code pc1}, with no probe. */
  public static Agent service(String name, Launch.Service launch, Map<String, Object> config) {
    return new Agent(
        new AgentId(name, "pc1"),
        "core",
        Optional.empty(),
        launch,
        Map.of(Agent.MAIN_PORT, 0),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Limits.NONE,
        Restart.DEFAULT,
        StopPolicy.DEFAULT,
        true,
        false,
        Map.of(),
        config,
        Optional.empty(),
        new Position("fleet.yaml", 3, 1));
  }

  public static Agent optional(Agent a) {
    return copy(a, a.needs(), a.limits(), false, a.environment(), a.config());
  }

  public static Agent needing(Agent a, Need.Condition condition, String other) {
    List<Need> needs = new ArrayList<>(a.needs());
    needs.add(new Need(AgentId.parse(other, "pc1"), condition, NOWHERE));
    return copy(a, needs, a.limits(), a.required(), a.environment(), a.config());
  }

  public static Agent withVram(Agent a, int gibibytes) {
    Limits limits =
        new Limits(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(gibibytes(gibibytes)));
    return copy(a, a.needs(), limits, a.required(), a.environment(), a.config());
  }

  public static Agent withEnvironment(Agent a, Map<String, String> environment) {
    return copy(a, a.needs(), a.limits(), a.required(), environment, a.config());
  }

  public static Agent withConfig(Agent a, Map<String, Object> config) {
    return copy(a, a.needs(), a.limits(), a.required(), a.environment(), config);
  }

  public static AgentStatus status(String id, AgentState state) {
    return started(id, state, T0, Optional.of(T0.plusSeconds(1)));
  }

  public static AgentStatus started(
      String id, AgentState state, Instant startedAt, Optional<Instant> readyAt) {
    return new AgentStatus(
        AgentId.parse(id, "pc1"),
        "core",
        state,
        "",
        Optional.of(4711L),
        Map.of(),
        true,
        T0,
        Optional.of(startedAt),
        readyAt,
        Optional.empty(),
        0,
        Optional.empty());
  }

  public static AgentId id(String id) {
    return AgentId.parse(id, "pc1");
  }

  public static Bytes gibibytes(int count) {
    return Bytes.ofMebibytes(1024L * count);
  }

  private static Need healthy(String other) {
    return new Need(AgentId.parse(other, "pc1"), new Need.Healthy(), NOWHERE);
  }

  private static Probe probe(int port) {
    return new Probe(
        new Probe.Tcp("127.0.0.1", port),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        3,
        Duration.ZERO);
  }

  private static Agent copy(
      Agent a,
      List<Need> needs,
      Limits limits,
      boolean required,
      Map<String, String> environment,
      Map<String, Object> config) {
    return new Agent(
        a.id(),
        a.group(),
        a.description(),
        a.launch(),
        a.ports(),
        a.liveness(),
        a.readiness(),
        needs,
        limits,
        a.restart(),
        a.stop(),
        required,
        a.lazy(),
        environment,
        config,
        a.family(),
        a.where());
  }
}
