package dev.flotilla.cli.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.Manifests;
import dev.flotilla.model.Json;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the node a command speaks of, without reading the manifest where that can be spared. */
public final class Fleets {
  private final Context context;
  private final StateFolders folders;
  private final ObjectMapper json = Json.mapper();

  public Fleets(Context context) {
    this.context = context;
    this.folders = StateFolders.of(context.environment());
  }

  public StateFolders folders() {
    return folders;
  }

  public ObjectMapper json() {
    return json;
  }

  /** The running node, or a failure that says what to do. */
  public NodeClient require() {
    return find().orElseThrow(() -> NodeGone.notRunning(name(), Manifests.file(context).isEmpty()));
  }

  /**
   * The node that runs the named manifest; without a manifest the only node there is, whichever
   * fleet it runs.
   */
  public Optional<NodeClient> find() {
    Optional<Path> file = Manifests.file(context);
    Map<String, NodeClient> running = running();
    if (file.isEmpty() && running.size() == 1) {
      return running.values().stream().findFirst();
    }
    List<NodeClient> same =
        running.values().stream()
            .filter(node -> node.file().manifest().equals(file.map(Path::toString)))
            .toList();
    if (same.size() == 1) {
      return Optional.of(same.getFirst());
    }
    if (file.isEmpty() && running.size() > 1) {
      throw several(running);
    }
    return Optional.ofNullable(running.get(name()));
  }

  /** The name of the fleet the command speaks of. */
  public String name() {
    return Manifests.load(context).fleet().name();
  }

  private Map<String, NodeClient> running() {
    Map<String, NodeClient> running = new LinkedHashMap<>();
    for (String fleet : folders.fleets()) {
      NodeClient.running(folders.of(fleet), json).ifPresent(node -> running.put(fleet, node));
    }
    return running;
  }

  private static CommandFailure several(Map<String, NodeClient> running) {
    String which =
        running.entrySet().stream()
            .map(
                e ->
                    e.getKey()
                        + e.getValue().file().manifest().map(f -> " (-f " + f + ")").orElse(""))
            .collect(Collectors.joining(", "));
    return CommandFailure.of(
        "several fleets run: " + which, "one that is meant", "Name its manifest with -f FILE.");
  }
}
