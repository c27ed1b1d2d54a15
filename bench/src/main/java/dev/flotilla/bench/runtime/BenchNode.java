package dev.flotilla.bench.runtime;

import dev.flotilla.model.Launch;
import dev.flotilla.node.BusDoor;
import dev.flotilla.node.Node;
import dev.flotilla.node.NodeSettings;
import dev.flotilla.node.api.ManifestRequest;
import dev.flotilla.node.state.NodeException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The process of a node under measurement. */
final class BenchNode {
  private BenchNode() {}

  public static void main(String[] args) throws NodeException, InterruptedException {
    NodeSettings settings =
        new NodeSettings(
            Path.of(args[0]),
            new ManifestRequest(
                Optional.of(args[1]),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()),
            System.getenv(),
            "bench",
            (group, machine, state, request) -> new Launch.Command(List.of("/bin/false"), "/"),
            BusDoor::open);
    try (Node node = Node.start(settings).orElseThrow()) {
      node.await();
    }
  }
}
