package dev.flotilla.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Anything supervised: a process, a container, or a service of Flotilla's own hosted in a JVM.
 *
 * @param group the name of its group
 * @param launch how it is started
 * @param ports by name; the port written as {@code port:} is named {@code main}
 * @param liveness when it fails, the agent is replaced
 * @param readiness when it fails, the agent is shown not ready and is left alone; absent means
 *     liveness answers for both
 * @param needs what must hold before it starts
 * @param required whether {@code up} fails when it does
 * @param lazy start on first demand only
 * @param environment complete: fleet, machine, group and own, substituted
 * @param config handed to a service as its typed configuration, to others as they read it
 * @param family the image family it is packed in
 * @param where the place in the manifest that declares it
 */
public record Agent(
    AgentId id,
    String group,
    Optional<String> description,
    Launch launch,
    Map<String, Integer> ports,
    Optional<Probe> liveness,
    Optional<Probe> readiness,
    List<Need> needs,
    Limits limits,
    Restart restart,
    StopPolicy stop,
    boolean required,
    boolean lazy,
    Map<String, String> environment,
    Map<String, Object> config,
    Optional<String> family,
    Position where) {

  /** The name of the port that {@code port:} declares. */
  public static final String MAIN_PORT = "main";

  public Agent {
    ports = Ordered.copyOf(ports);
    needs = List.copyOf(needs);
    environment = Ordered.copyOf(environment);
    config = PlacedMap.copyOf(config);
  }

  public Optional<Integer> port() {
    return Optional.ofNullable(ports.get(MAIN_PORT));
  }
}
