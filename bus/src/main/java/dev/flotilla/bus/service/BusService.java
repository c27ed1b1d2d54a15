package dev.flotilla.bus.service;

import dev.flotilla.bus.Bus;
import dev.flotilla.bus.Message;
import dev.flotilla.bus.Subscription;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A running service: its endpoints answer requests, and {@code $SRV.PING}, {@code $SRV.INFO} and
 * {@code $SRV.STATS} (each also with {@code .<name>} and {@code .<name>.<id>}) answer those who
 * look for it. Thread-safe.
 */
public final class BusService implements AutoCloseable {
  private final ServiceInfo info;
  private final Instant started;
  private final List<RunningEndpoint> endpoints = new ArrayList<>();
  private final List<Subscription> discovery = new ArrayList<>();

  private BusService(ServiceInfo info, Instant started) {
    this.info = info;
    this.started = started;
  }

  /**
   * Serves until closed.
   *
   * @param time what STATS calls "started"
   */
  public static BusService start(
      Bus bus, ServiceInfo info, List<Endpoint> endpoints, InstantSource time) {
    BusService service = new BusService(info, time.instant());
    try {
      for (Endpoint endpoint : endpoints) {
        service.endpoints.add(new RunningEndpoint(bus, endpoint));
      }
      service.answerDiscovery(bus);
    } catch (RuntimeException e) {
      service.close();
      throw e;
    }
    return service;
  }

  public ServiceInfo info() {
    return info;
  }

  /** What each endpoint has done, by its name, in the order given. */
  public Map<String, EndpointStats> stats() {
    Map<String, EndpointStats> all = new LinkedHashMap<>();
    for (RunningEndpoint running : endpoints) {
      all.put(running.endpoint().name(), running.stats());
    }
    return all;
  }

  /** Takes no more requests, and waits for those that are being worked on. */
  @Override
  public void close() {
    discovery.forEach(Subscription::close);
    endpoints.forEach(RunningEndpoint::close);
  }

  private void answerDiscovery(Bus bus) {
    Map<String, Supplier<String>> verbs =
        Map.of(
            "PING", () -> DiscoveryJson.ping(info),
            "INFO", () -> DiscoveryJson.info(info, endpoints),
            "STATS", () -> DiscoveryJson.stats(info, started, endpoints));
    verbs.forEach(
        (verb, answer) -> {
          String all = "$SRV." + verb;
          String named = all + "." + info.name();
          for (String subject : List.of(all, named, named + "." + info.id())) {
            discovery.add(bus.subscribe(subject, "", request -> reply(bus, request, answer)));
          }
        });
  }

  private static void reply(Bus bus, Message request, Supplier<String> answer) {
    request.replyTo().ifPresent(to -> bus.publish(Message.of(to, answer.get())));
  }
}
