package dev.flotilla.cli.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.client.Fleets;
import dev.flotilla.cli.client.NodeClient;
import dev.flotilla.cli.context.Context;
import java.time.Duration;
import java.util.Map;

/** The AsyncProcessor of the running fleet. */
final class JobsClient {
  private static final String SERVICE = "AsyncProcessor";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Fleets fleets;
  private final NodeClient node;

  JobsClient(Context context) {
    this.fleets = new Fleets(context);
    this.node = fleets.require();
  }

  JsonNode call(String operation, Map<String, ?> request) {
    return node.call(SERVICE, operation, fleets.json().valueToTree(request), PATIENCE);
  }

  /** One job as it is now. */
  JsonNode job(String id) {
    return call("get", Map.of("id", id)).path("job");
  }
}
