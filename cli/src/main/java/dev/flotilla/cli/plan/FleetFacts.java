package dev.flotilla.cli.plan;

import dev.flotilla.cli.client.Fleets;
import dev.flotilla.cli.client.NodeClient;
import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.model.Agent;
import dev.flotilla.model.AgentState;
import dev.flotilla.model.AgentStatus;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Launch;
import dev.flotilla.model.Result;
import dev.flotilla.model.manifest.LoadOptions;
import dev.flotilla.model.manifest.ManifestLoader;
import dev.flotilla.plan.gate.Facts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** What gates ask of the fleet, from the running node. */
final class FleetFacts implements Facts {
  private static final String HUB = "ObservabilityHub";
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Context context;
  private final ScanFacts scans;

  FleetFacts(Context context, Path workspace) {
    this.context = context;
    this.scans = new ScanFacts(workspace, Clock.systemUTC());
  }

  private Optional<NodeClient> node() {
    try {
      return new Fleets(context).find();
    } catch (CommandFailure nobodyToAsk) {
      return Optional.empty();
    }
  }

  @Override
  public OptionalDouble metric(String name) {
    Optional<NodeClient> node = node();
    Set<String> hubs = node.map(this::hubs).orElse(Set.of());
    for (AgentStatus agent : node.map(n -> n.status().agents()).orElse(List.of())) {
      Integer port = agent.ports().get(Agent.MAIN_PORT);
      if (hubs.contains(agent.id().name()) && port != null) {
        return MetricsText.value(metrics(port), name);
      }
    }
    return OptionalDouble.empty();
  }

  /** The agents that are the hub, whatever the manifest calls them. */
  private Set<String> hubs(NodeClient node) {
    LoadOptions options =
        new LoadOptions(context.environment(), Optional.empty(), Optional.empty());
    Set<String> hubs = new HashSet<>(Set.of(HUB));
    node.file()
        .manifest()
        .map(file -> ManifestLoader.load(Path.of(file), options))
        .ifPresent(
            loaded -> {
              if (loaded instanceof Result.Ok<Fleet>(Fleet fleet, var warnings)) {
                for (Agent agent : fleet.agents().values()) {
                  if (agent.launch() instanceof Launch.Service service
                      && service.name().equals(HUB)) {
                    hubs.add(agent.id().name());
                  }
                }
              }
            });
    return hubs;
  }

  /** What the hub says, or nothing when it does not answer. */
  private static String metrics(int port) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
            .timeout(PATIENCE)
            .build();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  @Override
  public Optional<Duration> healthyFor() {
    return node().flatMap(node -> healthyFor(node.status().agents(), Instant.now()));
  }

  /** The time of the one that became so last; nothing when the fleet requires no agent. */
  static Optional<Duration> healthyFor(List<AgentStatus> agents, Instant now) {
    Optional<Duration> shortest = Optional.empty();
    for (AgentStatus agent : agents) {
      if (agent.required()) {
        if (agent.state() != AgentState.HEALTHY) {
          return Optional.of(Duration.ZERO);
        }
        Duration time = Duration.between(agent.since(), now);
        shortest = shortest.filter(s -> s.compareTo(time) < 0).or(() -> Optional.of(time));
      }
    }
    return shortest;
  }

  @Override
  public OptionalInt findings(String severity) {
    return scans.findings(severity);
  }
}
