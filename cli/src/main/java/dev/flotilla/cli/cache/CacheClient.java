package dev.flotilla.cli.cache;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.assistant.cache.CacheManager;
import dev.flotilla.cli.client.ServiceClient;
import dev.flotilla.cli.context.Context;
import java.time.Duration;
import java.util.Map;

/** The CacheManager of the running fleet. */
final class CacheClient {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ServiceClient service;

  CacheClient(Context context) {
    this.service = new ServiceClient(context, CacheManager.NAME, PATIENCE);
  }

  JsonNode ask(String operation, Map<String, ?> request) {
    return service.ask(operation, request);
  }

  /** What is known of a key; a ticket to find it out is handed back, because nobody here will. */
  JsonNode look(String cache, String key) {
    JsonNode known = ask("get", Map.of("cache", cache, "key", key));
    if (known.hasNonNull("ticket")) {
      var _ =
          ask(
              "give-up",
              Map.of("cache", cache, "key", key, "ticket", known.path("ticket").asText()));
      return known.<ObjectNode>deepCopy().without("ticket");
    }
    return known;
  }
}
