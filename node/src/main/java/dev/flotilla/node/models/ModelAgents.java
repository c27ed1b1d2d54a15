package dev.flotilla.node.models;

import dev.flotilla.model.Agent;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Launch;
import dev.flotilla.model.Limits;
import dev.flotilla.model.Machine;
import dev.flotilla.model.Model;
import dev.flotilla.model.ModelRun;
import dev.flotilla.model.Position;
import dev.flotilla.model.Probe;
import dev.flotilla.model.Restart;
import dev.flotilla.model.StopPolicy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the agent that serves a model from the manifest's words and its card and port. Pure. */
public final class ModelAgents {
  /** The group that servers of models are in. */
  public static final String GROUP = "models";

  private static final Duration INTERVAL = Duration.ofSeconds(2);
  private static final int FAILURES = 5;
  private static final int ALL_LAYERS = 999;

  private ModelAgents() {}

  /** The agent; empty when the manifest has no such model, variant or server. */
  public static Optional<Agent> of(Fleet fleet, String machine, ModelRun run) {
    Model model = fleet.models().get(run.model());
    if (model == null) {
      return Optional.empty();
    }
    Optional<Model.Variant> variant =
        model.ways().stream().filter(way -> way.name().equals(run.variant())).findFirst();
    return variant.flatMap(
        way -> model.server().map(server -> agent(fleet, machine, run, model, way, server)));
  }

  private static Agent agent(
      Fleet fleet,
      String machine,
      ModelRun run,
      Model model,
      Model.Variant variant,
      Model.Server server) {
    String host = fleet.host(machine);
    Map<String, String> values = new LinkedHashMap<>();
    values.put("port", Integer.toString(run.port()));
    values.put("model.source", variant.source().orElse(""));
    values.put("model.host", host);
    values.put("model.context", variant.context().map(String::valueOf).orElse("4096"));
    values.put("model.card", run.card().map(String::valueOf).orElse(""));
    values.put("model.layers", run.card().isPresent() ? Integer.toString(ALL_LAYERS) : "0");
    values.put("model.variant", variant.name());
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("CUDA_DEVICE_ORDER", "PCI_BUS_ID");
    environment.put("CUDA_VISIBLE_DEVICES", run.card().map(String::valueOf).orElse(""));
    Machine there = fleet.machines().get(machine);
    if (there != null) {
      environment.putAll(there.environment());
    }
    server.environment().forEach((name, value) -> environment.put(name, filled(value, values)));
    Probe.Check check =
        server.health().equals("tcp")
            ? new Probe.Tcp(host, run.port())
            : new Probe.Http(host, run.port(), server.health());
    return new Agent(
        run.agent(machine),
        GROUP,
        Optional.of("serves the model " + model.name()),
        new Launch.Command(
            server.command().stream().map(word -> filled(word, values)).toList(),
            server.directory()),
        Map.of(Agent.MAIN_PORT, run.port()),
        Optional.of(new Probe(check, INTERVAL, INTERVAL, FAILURES, server.loadTimeout())),
        Optional.empty(),
        List.of(),
        new Limits(
            server.limits().cpu(),
            server.limits().memory(),
            server.limits().threads(),
            Optional.empty()),
        never(),
        StopPolicy.DEFAULT,
        false,
        false,
        environment,
        Map.of(),
        Optional.empty(),
        new Position("models." + model.name(), 0, 0));
  }

  /** A server that ended is not started again by the node: the pool decides what is loaded. */
  private static Restart never() {
    Restart usual = Restart.DEFAULT;
    return new Restart(
        Restart.Policy.NEVER,
        usual.backoff(),
        usual.maxBackoff(),
        usual.jitter(),
        usual.resetAfter(),
        usual.maxRestarts());
  }

  private static String filled(String text, Map<String, String> values) {
    String filled = text;
    for (Map.Entry<String, String> value : values.entrySet()) {
      filled = filled.replace("${" + value.getKey() + "}", value.getValue());
    }
    return filled;
  }
}
