package dev.flotilla.kernel.operation;

import dev.flotilla.bus.Bus;
import dev.flotilla.bus.Message;
import dev.flotilla.bus.Subscription;
import dev.flotilla.kernel.wire.Wire;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Answers {@code $SRV.PING}, {@code $SRV.INFO} and {@code $SRV.STATS}, each to all, to all of a
 * name, and to one instance, as the NATS services protocol (ADR-32) has it.
 */
final class ServiceProtocol {
  private final Bus bus;
  private final Dispatcher dispatcher;
  private final String version;
  private final String id;
  private final Instant started;

  ServiceProtocol(Bus bus, Dispatcher dispatcher, String version, String id, Instant started) {
    this.bus = bus;
    this.dispatcher = dispatcher;
    this.version = version;
    this.id = id;
    this.started = started;
  }

  List<Subscription> subscribe() {
    List<Subscription> subscriptions = new ArrayList<>();
    listen("PING", this::ping, subscriptions);
    listen("INFO", this::info, subscriptions);
    listen("STATS", this::stats, subscriptions);
    return subscriptions;
  }

  private void listen(
      String verb, Supplier<Map<String, Object>> answer, List<Subscription> subscriptions) {
    String all = "$SRV." + verb;
    String named = all + "." + dispatcher.service();
    for (String subject : List.of(all, named, named + "." + id)) {
      subscriptions.add(bus.subscribe(subject, "", message -> reply(message, answer.get())));
    }
  }

  private void reply(Message request, Map<String, Object> answer) {
    request.replyTo().ifPresent(to -> bus.publish(Message.of(to, Wire.json(answer))));
  }

  private Map<String, Object> ping() {
    return identity("io.nats.micro.v1.ping_response");
  }

  private Map<String, Object> info() {
    Map<String, Object> info = identity("io.nats.micro.v1.info_response");
    info.put("description", dispatcher.service() + " of Flotilla");
    info.put("endpoints", dispatcher.served().stream().map(this::endpoint).toList());
    return info;
  }

  private Map<String, Object> stats() {
    Map<String, Object> stats = identity("io.nats.micro.v1.stats_response");
    stats.put("started", started.toString());
    stats.put(
        "endpoints",
        dispatcher.served().stream()
            .map(
                served -> {
                  Map<String, Object> endpoint = endpoint(served);
                  endpoint.remove("metadata");
                  count(endpoint, served.tally().now());
                  return endpoint;
                })
            .toList());
    return stats;
  }

  private static void count(Map<String, Object> endpoint, Tally.Count count) {
    endpoint.put("num_requests", count.requests());
    endpoint.put("num_errors", count.errors());
    endpoint.put(
        "last_error",
        count
            .lastError()
            .map(failure -> failure.kind().code() + ":" + failure.sentence())
            .orElse(""));
    endpoint.put("processing_time", count.processing());
    endpoint.put("average_processing_time", count.processing() / Math.max(1, count.requests()));
  }

  private Map<String, Object> endpoint(Dispatcher.Served served) {
    String name = served.operation().name();
    Map<String, Object> endpoint = new LinkedHashMap<>();
    endpoint.put("name", name);
    endpoint.put("subject", Subjects.operation(dispatcher.service(), name));
    endpoint.put("queue_group", dispatcher.service());
    endpoint.put("metadata", Map.of("summary", served.operation().summary()));
    return endpoint;
  }

  private Map<String, Object> identity(String type) {
    Map<String, Object> identity = new LinkedHashMap<>();
    identity.put("type", type);
    identity.put("name", dispatcher.service());
    identity.put("id", id);
    identity.put("version", version);
    identity.put("metadata", Map.of());
    return identity;
  }
}
