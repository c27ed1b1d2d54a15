package dev.flotilla.cli.rehearse;

import dev.flotilla.cli.standin.Role;
import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Launch;
import dev.flotilla.model.Limits;
import dev.flotilla.model.Need;
import dev.flotilla.model.Probe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * The fleet with a stand-in in place of every agent: same names, needs, probes, restart and stop
 * policies; other programs, addresses and ports. Pure but for the given randomness.
 */
public final class RehearsalPlan {
  private static final Duration FAULT_AFTER_READY = Duration.ofMillis(600);
  private static final Duration OFTEN = Duration.ofMillis(500);
  private static final int FIRST_SPARE_PORT = 1_024;

  private final Fleet fleet;
  private final Stage stage;
  private final Faults faults;
  private final StartTimes startTimes;
  private final RandomGenerator random;
  private final Path marks;
  private final Function<Role, List<String>> program;
  private final Set<AgentId> tasks;

  /**
   * @param marks folder where stand-ins note what has happened
   * @param program the command line of a stand-in
   */
  public RehearsalPlan(
      Fleet fleet,
      Stage stage,
      Faults faults,
      StartTimes startTimes,
      RandomGenerator random,
      Path marks,
      Function<Role, List<String>> program) {
    this.fleet = fleet;
    this.stage = stage;
    this.faults = faults;
    this.startTimes = startTimes;
    this.random = random;
    this.marks = marks;
    this.program = program;
    this.tasks = new LinkedHashSet<>();
    needs().filter(n -> n.condition() instanceof Need.Completed).forEach(n -> tasks.add(n.agent()));
  }

  private java.util.stream.Stream<Need> needs() {
    return fleet.agents().values().stream().flatMap(agent -> agent.needs().stream());
  }

  /**
   * The agents as the supervisor is to run them. Lazy ones start too: a rehearsal misses nobody.
   */
  public Map<AgentId, Agent> agents() {
    Map<AgentId, Agent> agents = new LinkedHashMap<>();
    fleet.agents().forEach((id, agent) -> agents.put(id, standIn(agent)));
    return agents;
  }

  /** Those told to hang that nobody asks whether they still answer. */
  public Set<AgentId> unnoticed() {
    Set<AgentId> unnoticed = new LinkedHashSet<>(faults.hang());
    unnoticed.removeIf(id -> asked(id));
    return unnoticed;
  }

  /** Those told to start slowly that count as up at once, since nothing says when they are. */
  public Set<AgentId> upAtOnce() {
    Set<AgentId> upAtOnce = new LinkedHashSet<>(faults.slow().keySet());
    upAtOnce.removeIf(id -> asked(id) || tasks.contains(id));
    fleet.agents().values().stream()
        .flatMap(agent -> agent.needs().stream())
        .filter(need -> need.condition() instanceof Need.LogLine)
        .forEach(need -> upAtOnce.remove(need.agent()));
    return upAtOnce;
  }

  private boolean asked(AgentId id) {
    Agent agent = Objects.requireNonNull(fleet.agents().get(id));
    return agent.liveness().isPresent()
        || agent.readiness().isPresent()
        || (!agent.ports().isEmpty() && !tasks.contains(id));
  }

  private Agent standIn(Agent agent) {
    Map<String, Integer> ports = new LinkedHashMap<>();
    agent.ports().forEach((name, port) -> ports.put(name, port + stage.portOffset()));
    Optional<Probe> liveness = agent.liveness().map(probe -> probe(agent, probe, ports));
    Optional<Probe> readiness = agent.readiness().map(probe -> probe(agent, probe, ports));
    if (liveness.isEmpty()
        && readiness.isEmpty()
        && !ports.isEmpty()
        && !tasks.contains(agent.id())) {
      liveness =
          Optional.of(
              new Probe(
                  new Probe.Tcp(stage.address(agent), ports.values().iterator().next()),
                  OFTEN,
                  Duration.ofSeconds(1),
                  2,
                  Duration.ofSeconds(30)));
    }
    return new Agent(
        agent.id(),
        agent.group(),
        agent.description(),
        new Launch.Command(
            program.apply(role(agent, ports, liveness, readiness)), marks.toString()),
        ports,
        liveness,
        readiness,
        agent.needs(),
        Limits.NONE,
        agent.restart(),
        agent.stop(),
        agent.required(),
        false,
        Map.of(),
        Map.of(),
        agent.family(),
        agent.where());
  }

  private Role role(
      Agent agent,
      Map<String, Integer> ports,
      Optional<Probe> liveness,
      Optional<Probe> readiness) {
    AgentId id = agent.id();
    Set<String> listen = new LinkedHashSet<>();
    ports.values().forEach(port -> listen.add(stage.address(agent) + ":" + port));
    liveness.map(p -> place(p.check())).ifPresent(listen::add);
    readiness.map(p -> place(p.check())).ifPresent(listen::add);
    List<String> say = new ArrayList<>(List.of("stands in for " + id));
    needs()
        .filter(n -> n.agent().equals(id))
        .forEach(
            n -> {
              if (n.condition() instanceof Need.LogLine(String text)) {
                say.add(text);
              }
            });
    Duration start = faults.slow().getOrDefault(id, startTimes.next(random));
    String once = faults.crashAlways().contains(id) ? "" : marks.resolve(id + ".once").toString();
    return new Role(
        start.toMillis(),
        List.copyOf(listen),
        say,
        tasks.contains(id),
        faults.of(id),
        FAULT_AFTER_READY.toMillis(),
        once);
  }

  /**
   * The probe at the stand-in. What a stand-in cannot answer, a command or a service on the bus, is
   * asked over HTTP; intervals are shortened so that a rehearsal need not wait for a slow probe.
   */
  private Probe probe(Agent agent, Probe probe, Map<String, Integer> ports) {
    String address = stage.address(agent);
    int offset = stage.portOffset();
    int some = ports.values().stream().findFirst().orElse(FIRST_SPARE_PORT + offset + index(agent));
    Probe.Check check =
        switch (probe.check()) {
          case Probe.Http http -> new Probe.Http(address, http.port() + offset, http.path());
          case Probe.Tcp tcp -> new Probe.Tcp(address, tcp.port() + offset);
          case Probe.Zmq zmq -> new Probe.Zmq(address, zmq.port() + offset, zmq.request());
          case Probe.Command _, Probe.Bus _ -> new Probe.Http(address, some, "/health");
        };
    return new Probe(
        check,
        shorter(probe.interval(), OFTEN),
        shorter(probe.timeout(), Duration.ofSeconds(1)),
        Math.min(probe.failures(), 3),
        probe.startPeriod());
  }

  private int index(Agent agent) {
    return List.copyOf(fleet.agents().keySet()).indexOf(agent.id());
  }

  private static String place(Probe.Check check) {
    return switch (check) {
      case Probe.Http http -> http.host() + ":" + http.port();
      case Probe.Tcp tcp -> tcp.host() + ":" + tcp.port();
      case Probe.Zmq zmq -> zmq.host() + ":" + zmq.port();
      case Probe.Command _, Probe.Bus _ ->
          throw new IllegalArgumentException("a stand-in answers no " + check);
    };
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
