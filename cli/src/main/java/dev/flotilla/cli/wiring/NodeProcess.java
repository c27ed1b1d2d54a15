package dev.flotilla.cli.wiring;

import dev.flotilla.model.Launch;
import dev.flotilla.node.BusDoor;
import dev.flotilla.node.Node;
import dev.flotilla.node.NodeSettings;
import dev.flotilla.node.api.ManifestRequest;
import dev.flotilla.node.state.NodeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The node's process: supervisor, bus, flags and local API of one fleet on this machine. */
public final class NodeProcess {
  private static final Logger log = LoggerFactory.getLogger(NodeProcess.class);

  private final Path home;
  private final Map<String, String> environment;
  private final JvmCommand jvm;
  private final String version;

  /**
   * @param home the folder of all fleets' state folders
   */
  public NodeProcess(Path home, Map<String, String> environment, JvmCommand jvm, String version) {
    this.home = home;
    this.environment = environment;
    this.jvm = jvm;
    this.version = version;
  }

  /**
   * Runs until somebody takes the fleet down.
   *
   * @return false when another node runs this fleet already
   */
  public boolean run(ManifestRequest manifest) throws NodeException, InterruptedException {
    Session.leave();
    Optional<Node> started = Node.start(settings(manifest));
    if (started.isEmpty()) {
      return false;
    }
    try (Node node = started.get()) {
      node.await();
    }
    log.info("the node ends");
    return true;
  }

  private NodeSettings settings(ManifestRequest manifest) {
    return new NodeSettings(home, manifest, environment, version, this::host, BusDoor::open);
  }

  private Launch.Command host(String group, String machine, Path state, ManifestRequest request) {
    List<String> arguments =
        new ArrayList<>(List.of("--group", group, "--state", state.toString()));
    arguments.addAll(
        ManifestArguments.of(
            new ManifestRequest(
                request.manifest(),
                request.directory(),
                request.portSet(),
                request.portOffset(),
                Optional.of(machine),
                Optional.empty())));
    return new Launch.Command(jvm.host(arguments), state.toString());
  }
}
