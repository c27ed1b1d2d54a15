package dev.flotilla.node;

import dev.flotilla.model.Fleet;
import dev.flotilla.model.Launch;
import dev.flotilla.node.api.ManifestRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a node is started with.
 *
 * @param home the folder of all fleets' state folders
 * @param manifest what is to be in force first
 * @param environment of this process, inherited by agents
 * @param version of Flotilla
 * @param hosts the command line of the JVM of a group
 * @param bus opens the bus; {@link BusDoor#open} unless a test has another
 */
public record NodeSettings(
    Path home,
    ManifestRequest manifest,
    Map<String, String> environment,
    String version,
    HostCommand hosts,
    BusOpener bus) {

  public NodeSettings {
    environment = Map.copyOf(environment);
  }

  /** Makes the command line of the JVM that hosts a group's services. */
  @FunctionalInterface
  public interface HostCommand {
    /**
     * @param request the manifest that names the group, absolute
     */
    Launch.Command of(String group, String machine, Path state, ManifestRequest request);
  }

  /** Opens the bus of a fleet. */
  @FunctionalInterface
  public interface BusOpener {
    BusDoor open(Fleet fleet, Path state) throws IOException;
  }
}
