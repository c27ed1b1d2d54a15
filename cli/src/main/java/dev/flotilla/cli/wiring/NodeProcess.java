package dev.flotilla.cli.wiring;

import dev.flotilla.cli.thin.Counter;
import dev.flotilla.model.Launch;
import dev.flotilla.node.BusDoor;
import dev.flotilla.node.Node;
import dev.flotilla.node.NodeSettings;
import dev.flotilla.node.api.ManifestRequest;
import dev.flotilla.node.state.NodeException;
import java.io.IOException;
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
  private final Counter.Commands commands;

  /**
   * @param home the folder of all fleets' state folders
   * @param commands what carries out commands for other processes
   */
  public NodeProcess(
      Path home,
      Map<String, String> environment,
      JvmCommand jvm,
      String version,
      Counter.Commands commands) {
    this.home = home;
    this.environment = environment;
    this.jvm = jvm;
    this.version = version;
    this.commands = commands;
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
      Optional<Counter> counter = counter(node.state());
      node.await();
      counter.ifPresent(Counter::close);
    }
    log.info("the node ends");
    return true;
  }

  /** Without one, plan commands do their work themselves. */
  private Optional<Counter> counter(Path state) {
    if (jvm.app().isEmpty()) {
      return Optional.empty();
    }
    try {
      String build = Path.of(jvm.app()).getFileName().toString();
      return Optional.of(Counter.open(state, build, commands));
    } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
      log.info("plan commands are not taken here: {}", e.getMessage());
      return Optional.empty();
    }
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
