package dev.flotilla.model;

import java.util.Locale;
import java.util.Optional;

/**
 * A model's server that a node looks after.
 *
 * @param model its name in the manifest
 * @param card as the driver numbers it; absent for main memory
 * @param port where it listens; 0 has the node choose
 */
public record ModelRun(String model, String variant, Optional<Integer> card, int port) {

  /** The agent that it is on a machine. */
  public AgentId agent(String machine) {
    return new AgentId(agentName(model), machine);
  }

  /** The name of the agent that serves a model: {@code model-} and its name, made fit. */
  public static String agentName(String model) {
    String fit = model.replaceAll("[^A-Za-z0-9_-]", "-");
    String name = "model-" + (fit.length() > 48 ? fit.substring(0, 48) : fit);
    return name.equals("model-" + model)
        ? name
        : name + "-" + String.format(Locale.ROOT, "%06x", model.hashCode() & 0xffffff);
  }
}
