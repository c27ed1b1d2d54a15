package dev.flotilla.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import java.time.Duration;

/** One of Flotilla's own services in the running fleet, as commands ask it. Thread-safe. */
public final class ServiceClient {
  private final Fleets fleets;
  private final String service;
  private final Duration patience;

  /**
   * @param service such as {@code CacheManager}
   * @param patience for each answer
   */
  public ServiceClient(Context context, String service, Duration patience) {
    this.fleets = new Fleets(context);
    this.service = service;
    this.patience = patience;
  }

  /** Whether a fleet runs at all. */
  public boolean isUp() {
    return fleets.find().isPresent();
  }

  /**
   * Asks it.
   *
   * @param request anything that is written as a JSON object
   * @throws CommandFailure when no fleet runs, it has no such service, or the service refuses
   */
  public JsonNode ask(String operation, Object request) {
    NodeClient node = fleets.require();
    try {
      return node.call(service, operation, fleets.json().valueToTree(request), patience);
    } catch (CommandFailure e) {
      if (!e.problems().getFirst().found().contains("nobody answers")) {
        throw e;
      }
      throw ServiceAbsent.why(service, node.fleet(), node.status().agents(), node.file().manifest())
          .orElse(e);
    }
  }
}
