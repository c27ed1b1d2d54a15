package dev.flotilla.cli.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.assistant.models.ModelManagerSuite;
import dev.flotilla.cli.client.Fleets;
import dev.flotilla.cli.client.NodeClient;
import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import java.time.Duration;
import java.util.Optional;

/** The fleet's model pool, as the commands use it. */
final class PoolClient {
  private static final Duration PATIENCE = Duration.ofMinutes(6);

  private final Fleets fleets;

  PoolClient(Context context) {
    this.fleets = new Fleets(context);
  }

  /** Asks the pool of a fleet that runs. */
  JsonNode ask(String operation, Object request) {
    NodeClient node = fleets.require();
    boolean there =
        node.status().agents().stream()
            .anyMatch(status -> status.id().name().equals(ModelManagerSuite.NAME));
    try {
      return node.call(
          ModelManagerSuite.NAME, operation, fleets.json().valueToTree(request), PATIENCE);
    } catch (CommandFailure e) {
      String found = e.problems().getFirst().found();
      if (!there && found.contains("nobody answers")) {
        throw CommandFailure.of(
            "a fleet without " + ModelManagerSuite.NAME,
            "the service that has the models",
            "Add an agent with service: " + ModelManagerSuite.NAME + " to the manifest.");
      }
      throw e;
    }
  }

  /** The same, where a fleet runs. */
  Optional<JsonNode> askIfUp(String operation, Object request) {
    return fleets.find().isEmpty() ? Optional.empty() : Optional.of(ask(operation, request));
  }
}
