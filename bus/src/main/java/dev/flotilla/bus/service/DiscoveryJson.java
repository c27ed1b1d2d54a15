package dev.flotilla.bus.service;

import io.nats.client.support.JsonValueUtils;
import io.nats.client.support.JsonValueUtils.ArrayBuilder;
import io.nats.client.support.JsonValueUtils.MapBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The answers of the NATS services protocol (ADR-32 of NATS). */
final class DiscoveryJson {
  private DiscoveryJson() {}

  static String ping(ServiceInfo info) {
    return head("ping", info).toJsonValue().toJson();
  }

  static String info(ServiceInfo info, List<RunningEndpoint> endpoints) {
    ArrayBuilder list = JsonValueUtils.arrayBuilder();
    for (RunningEndpoint running : endpoints) {
      Endpoint endpoint = running.endpoint();
      list.add(named(endpoint).put("metadata", metadata(endpoint.metadata())).toJsonValue());
    }
    return head("info", info)
        .put("description", info.description())
        .put("endpoints", list.toJsonValue())
        .toJsonValue()
        .toJson();
  }

  static String stats(ServiceInfo info, Instant started, List<RunningEndpoint> endpoints) {
    ArrayBuilder list = JsonValueUtils.arrayBuilder();
    for (RunningEndpoint running : endpoints) {
      EndpointStats stats = running.stats();
      long nanos = stats.processing().toNanos();
      list.add(
          named(running.endpoint())
              .put("num_requests", stats.requests())
              .put("num_errors", stats.errors())
              .put("last_error", stats.lastError())
              .put("processing_time", nanos)
              .put("average_processing_time", nanos / Math.max(1, stats.requests()))
              .toJsonValue());
    }
    return head("stats", info)
        .put("started", started.toString())
        .put("endpoints", list.toJsonValue())
        .toJsonValue()
        .toJson();
  }

  private static MapBuilder head(String kind, ServiceInfo info) {
    return JsonValueUtils.mapBuilder()
        .put("type", "io.nats.micro.v1." + kind + "_response")
        .put("name", info.name())
        .put("id", info.id())
        .put("version", info.version())
        .put("metadata", metadata(info.metadata()));
  }

  private static MapBuilder named(Endpoint endpoint) {
    return JsonValueUtils.mapBuilder()
        .put("name", endpoint.name())
        .put("subject", endpoint.subject())
        .put("queue_group", endpoint.queue());
  }

  private static Object metadata(Map<String, String> metadata) {
    MapBuilder map = JsonValueUtils.mapBuilder();
    metadata.forEach(map::put);
    return map.toJsonValue();
  }
}
