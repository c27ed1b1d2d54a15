package dev.flotilla.model.imports;

import dev.flotilla.model.Position;
import dev.flotilla.model.yaml.YamlNode;
import dev.flotilla.model.yaml.YamlNode.Mapping;
import dev.flotilla.model.yaml.YamlNode.Scalar;
import dev.flotilla.model.yaml.YamlValues;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a start-up configuration says for all its agents. */
final class GlobalSettings {
  private static final String ENVIRONMENT = "env";

  private final Draft draft;
  private final Notes notes;
  private final Set<String> machines;
  private final boolean healthPorts;
  private final Map<String, Object> ofAgents = new LinkedHashMap<>();
  private final Map<String, Object> health = new LinkedHashMap<>();

  GlobalSettings(Draft draft, Notes notes, Set<String> machines, boolean healthPorts) {
    this.draft = draft;
    this.notes = notes;
    this.machines = machines;
    this.healthPorts = healthPorts;
  }

  /** Whether the defaults probe the port named health, so that agents need not say so. */
  boolean probesHealthPort() {
    return healthPorts;
  }

  void read(Taken top) {
    if (healthPorts) {
      health.put("http", "/health");
      health.put("port", "health");
    }
    Optional<Mapping> global = top.section("global_settings");
    global.ifPresent(this::global);
    top.section("health_checks").ifPresent(checks -> health(checks, "health_checks"));
    place("health", health);
  }

  /** Hands the settings to a machine or group of this file. */
  void hand(Map<String, Object> machineOrGroup) {
    if (!ofAgents.isEmpty()) {
      machineOrGroup.putIfAbsent("defaults", Hoist.copy(ofAgents));
    }
  }

  private void global(Mapping settings) {
    Taken taken = new Taken(settings);
    taken.section("environment").ifPresent(this::environment);
    taken.section("features").ifPresent(this::features);
    taken.section("resource_limits").ifPresent(this::limits);
    taken
        .section("health_checks")
        .ifPresent(checks -> health(checks, "global_settings.health_checks"));
    taken
        .left()
        .forEach(
            (name, entry) ->
                keep(name, "global_settings." + name, entry.key().where(), entry.value()));
  }

  private void environment(Mapping variables) {
    Map<String, Object> environment = new Expressions(notes).map(variables);
    environment.replaceAll(
        (name, value) -> value instanceof String text ? text : String.valueOf(value));
    machines.forEach(
        machine ->
            draft
                .machines
                .computeIfAbsent(machine, m -> new LinkedHashMap<>())
                .put(ENVIRONMENT, environment));
  }

  private void features(Mapping features) {
    features
        .byKey()
        .forEach(
            (name, entry) -> {
              if (entry.value() instanceof Scalar scalar
                  && isSwitch(scalar.text())
                  && !draft.flags.containsKey(name)) {
                draft.flags.put(name, new Literal(new Expressions(notes).variables(scalar)));
                notes.understood(entry.key().where(), "the feature " + name, "a flag");
              } else {
                keep("feature-" + name, "the feature " + name, entry.key().where(), entry.value());
              }
            });
  }

  private static boolean isSwitch(String text) {
    return text.matches("(?i)true|false|\\$\\{\\w+:-(true|false)}");
  }

  private void limits(Mapping limits) {
    Taken taken = new Taken(limits);
    Map<String, Object> result = new LinkedHashMap<>();
    taken
        .whole("cpu_percent")
        .ifPresent(
            percent -> {
              result.put("cpu", percent / 100.0);
              notes.understood(
                  place(limits, "cpu_percent"),
                  "cpu_percent: " + percent,
                  "limits.cpu, " + percent / 100.0 + " of one core for each agent");
            });
    taken
        .whole("memory_mb")
        .ifPresent(
            megabytes -> {
              result.put("memory", memory(megabytes));
              notes.understood(
                  place(limits, "memory_mb"),
                  "memory_mb: " + megabytes,
                  "limits.memory, " + memory(megabytes) + " for each agent");
            });
    place("limits", result);
    taken
        .left()
        .forEach(
            (name, entry) -> {
              String why =
                  name.equals("max_threads")
                      ? "; it counts workers, and as a limit on threads it would stop the agents"
                      : "";
              keep(
                  "resource_limits-" + name,
                  "resource_limits." + name + why,
                  entry.key().where(),
                  entry.value());
            });
  }

  private void health(Mapping checks, String what) {
    Taken taken = new Taken(checks);
    taken.whole("interval_seconds").ifPresent(n -> health.put("interval", span(n)));
    taken.whole("timeout_seconds").ifPresent(n -> health.put("timeout", span(n)));
    taken.whole("retries").ifPresent(n -> health.put("failures", n));
    taken.whole("start_period_seconds").ifPresent(n -> health.put("start_period", span(n)));
    taken
        .left()
        .forEach(
            (name, entry) ->
                keep(
                    "health_checks-" + name,
                    what + "." + name,
                    entry.key().where(),
                    entry.value()));
  }

  private static Position place(Mapping mapping, String key) {
    return mapping.get(key).map(YamlNode::where).orElse(mapping.where());
  }

  private static String memory(int megabytes) {
    return megabytes % 1024 == 0 ? megabytes / 1024 + "GiB" : megabytes + "MiB";
  }

  private static String span(int seconds) {
    return seconds + "s";
  }

  private void place(String key, Map<String, Object> values) {
    if (!values.isEmpty()) {
      ofAgents.put(key, values);
    }
  }

  private void keep(String name, String what, Position where, YamlNode value) {
    String key = draft.keep(name, machines.iterator().next(), YamlValues.value(value));
    notes.kept(where, what, key);
  }
}
