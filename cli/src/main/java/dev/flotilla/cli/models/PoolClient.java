package dev.flotilla.cli.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.assistant.models.ModelManagerSuite;
import dev.flotilla.cli.client.ServiceClient;
import dev.flotilla.cli.context.Context;
import java.time.Duration;
import java.util.Optional;

/** The fleet's model pool, as the commands use it. */
final class PoolClient {
  private static final Duration PATIENCE = Duration.ofMinutes(6);

  private final ServiceClient service;

  PoolClient(Context context) {
    this.service = new ServiceClient(context, ModelManagerSuite.NAME, PATIENCE);
  }

  /** Asks the pool of a fleet that runs. */
  JsonNode ask(String operation, Object request) {
    return service.ask(operation, request);
  }

  /** The same, where a fleet runs. */
  Optional<JsonNode> askIfUp(String operation, Object request) {
    return service.isUp() ? Optional.of(ask(operation, request)) : Optional.empty();
  }
}
