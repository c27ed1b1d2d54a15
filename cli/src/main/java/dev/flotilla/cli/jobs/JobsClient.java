package dev.flotilla.cli.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.assistant.jobs.AsyncProcessor;
import dev.flotilla.cli.client.ServiceClient;
import dev.flotilla.cli.context.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The AsyncProcessor of the running fleet. */
final class JobsClient {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ServiceClient service;

  JobsClient(Context context) {
    this.service = new ServiceClient(context, AsyncProcessor.NAME, PATIENCE);
  }

  JsonNode call(String operation, Map<String, ?> request) {
    return service.ask(operation, request);
  }

  /** One job as it is now. */
  JsonNode job(String id) {
    return call("get", Map.of("id", id)).path("job");
  }

  /** The newest first, from as many pages as it takes. */
  List<JsonNode> list(Map<String, ?> which, int most) {
    List<JsonNode> jobs = new ArrayList<>();
    Map<String, Object> query = new LinkedHashMap<>(which);
    while (true) {
      query.put("most", Math.min(1_000, most - jobs.size()));
      JsonNode page = call("list", query);
      page.path("jobs").forEach(jobs::add);
      if (!page.has("next") || jobs.size() >= most) {
        return jobs;
      }
      query.put("before", page.path("next").asText());
    }
  }
}
