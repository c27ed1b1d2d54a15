package dev.flotilla.kernel;

import dev.flotilla.model.Messaging;
import java.nio.file.Path;

/**
 * Whose services a host runs.
 *
 * @param fleet the fleet's name
 * @param machine the machine it runs on
 * @param group the group all its agents are of
 * @param state the fleet's state folder
 * @param messaging how they talk
 */
public record HostSettings(
    String fleet, String machine, String group, Path state, Messaging messaging) {

  /** Of services that talk as services do. */
  public HostSettings(String fleet, String machine, String group, Path state) {
    this(fleet, machine, group, state, Messaging.DEFAULT);
  }
}
