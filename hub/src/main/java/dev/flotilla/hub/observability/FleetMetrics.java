package dev.flotilla.hub.observability;

import dev.flotilla.kernel.fleet.FleetView;
import dev.flotilla.model.AgentState;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The fleet in numbers, made afresh at every scrape. Labels are agent, machine and group, so that
 * there are as many series as the manifest has agents; beyond a limit the rest is only counted.
 */
final class FleetMetrics implements MultiCollector {
  static final int MOST_AGENTS = 2_000;

  private final Supplier<FleetView> fleet;
  private final ResourceSampler sampler;
  private final InstantSource time;

  FleetMetrics(Supplier<FleetView> fleet, ResourceSampler sampler, InstantSource time) {
    this.fleet = fleet;
    this.sampler = sampler;
    this.time = time;
  }

  @Override
  public MetricSnapshots collect() {
    Instant now = time.instant();
    FleetView view = fleet.get();
    List<AgentView> all = AgentView.all(view, now);
    List<AgentView> agents = all.stream().limit(MOST_AGENTS).toList();
    MetricSnapshots.Builder snapshots = MetricSnapshots.builder();
    uses(agents).forEach(snapshots::metricSnapshot);
    return snapshots
        .metricSnapshot(states(agents))
        .metricSnapshot(
            gauge(
                "flotilla_agent_fine",
                "Whether the agent is as the manifest wants it.",
                agents,
                a -> Optional.of(a.fine() ? 1.0 : 0.0)))
        .metricSnapshot(
            gauge(
                "flotilla_agent_required",
                "Whether the manifest requires the agent.",
                agents,
                a -> Optional.of(a.required() ? 1.0 : 0.0)))
        .metricSnapshot(
            gauge(
                "flotilla_agent_uptime_seconds",
                "Since its process was started.",
                agents,
                a ->
                    a.pid().isEmpty() || a.stale()
                        ? Optional.empty()
                        : a.startedAt().map(s -> seconds(s, now))))
        .metricSnapshot(restarts(agents))
        .metricSnapshot(silence(view, now))
        .metricSnapshot(
            single(
                "flotilla_agents_not_shown",
                "Agents beyond the limit of this page.",
                all.size() - agents.size()))
        .build();
  }

  private static StateSetSnapshot states(List<AgentView> agents) {
    StateSetSnapshot.Builder states =
        StateSetSnapshot.builder()
            .name("flotilla_agent_state")
            .help("The state the agent is in; none of them when nothing is known lately.");
    for (AgentView agent : agents) {
      StateSetSnapshot.StateSetDataPointSnapshot.Builder point =
          StateSetSnapshot.StateSetDataPointSnapshot.builder().labels(labels(agent));
      for (AgentState state : AgentState.values()) {
        boolean is = !agent.stale() && agent.state().filter(state::equals).isPresent();
        point.state(state.label(), is);
      }
      states.dataPoint(point.build());
    }
    return states.build();
  }

  private static CounterSnapshot restarts(List<AgentView> agents) {
    CounterSnapshot.Builder restarts =
        CounterSnapshot.builder()
            .name("flotilla_agent_restarts")
            .help("How often the agent was started again.");
    agents.forEach(
        a ->
            restarts.dataPoint(
                CounterSnapshot.CounterDataPointSnapshot.builder()
                    .labels(labels(a))
                    .value(a.restarts())
                    .build()));
    return restarts.build();
  }

  /** Of agents with a process of their own; those that share one are counted by their group. */
  private List<MetricSnapshot> uses(List<AgentView> agents) {
    List<AgentView> living =
        agents.stream().filter(a -> a.pid().isPresent() && !a.stale()).toList();
    Map<Long, Integer> sharers = LivePage.sharers(living);
    Map<Long, ResourceUse> uses = sampler.sample(sharers.keySet());
    List<AgentView> alone =
        living.stream().filter(a -> sharers.getOrDefault(a.pid().get(), 0) == 1).toList();
    CounterSnapshot.Builder cpu =
        CounterSnapshot.builder()
            .name("flotilla_agent_cpu_seconds")
            .help("Processor time of the agent's process and its descendants.");
    alone.forEach(
        a ->
            a.pid()
                .map(uses::get)
                .ifPresent(
                    use ->
                        cpu.dataPoint(
                            CounterSnapshot.CounterDataPointSnapshot.builder()
                                .labels(labels(a))
                                .value(use.cpuSeconds())
                                .build())));
    return List.of(
        gauge(
            "flotilla_agent_resident_memory_bytes",
            "Main memory of the agent's process and its descendants.",
            alone,
            a -> a.pid().map(uses::get).map(u -> (double) u.residentBytes())),
        cpu.build(),
        groups(living, uses));
  }

  private static GaugeSnapshot groups(List<AgentView> living, Map<Long, ResourceUse> uses) {
    Map<Labels, Double> bytes = new HashMap<>();
    Set<Long> counted = new HashSet<>();
    for (AgentView agent : living) {
      Optional<ResourceUse> use = agent.pid().filter(counted::add).map(uses::get);
      use.ifPresent(
          u ->
              bytes.merge(
                  Labels.of("group", agent.group(), "machine", agent.id().machine()),
                  (double) u.residentBytes(),
                  Double::sum));
    }
    GaugeSnapshot.Builder groups =
        GaugeSnapshot.builder()
            .name("flotilla_group_resident_memory_bytes")
            .help("Main memory of all processes of the group.");
    bytes.forEach((labels, value) -> groups.dataPoint(point(labels, value)));
    return groups.build();
  }

  private static GaugeSnapshot silence(FleetView view, Instant now) {
    GaugeSnapshot.Builder silence =
        GaugeSnapshot.builder()
            .name("flotilla_node_silence_seconds")
            .help("Since the node of the machine was last heard.");
    view.heard()
        .forEach(
            (machine, heard) ->
                silence.dataPoint(point(Labels.of("machine", machine), seconds(heard, now))));
    return silence.build();
  }

  private interface Value {
    Optional<Double> of(AgentView agent);
  }

  private static GaugeSnapshot gauge(
      String name, String help, List<AgentView> agents, Value value) {
    GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
    agents.forEach(a -> value.of(a).ifPresent(number -> gauge.dataPoint(point(labels(a), number))));
    return gauge.build();
  }

  private static GaugeSnapshot single(String name, String help, double value) {
    return GaugeSnapshot.builder()
        .name(name)
        .help(help)
        .dataPoint(point(Labels.EMPTY, value))
        .build();
  }

  private static GaugeSnapshot.GaugeDataPointSnapshot point(Labels labels, double value) {
    return GaugeSnapshot.GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
  }

  private static Labels labels(AgentView agent) {
    return Labels.of(
        "agent", agent.id().name(), "group", agent.group(), "machine", agent.id().machine());
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1000.0;
  }
}
