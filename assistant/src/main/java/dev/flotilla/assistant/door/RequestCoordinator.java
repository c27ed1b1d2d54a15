package dev.flotilla.assistant.door;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.assistant.builtin.PlanFact;
import dev.flotilla.assistant.cache.CacheEvents;
import dev.flotilla.assistant.cache.RedisLevel;
import dev.flotilla.assistant.door.answers.AnswerCache;
import dev.flotilla.assistant.door.keys.KeyStore;
import dev.flotilla.assistant.door.keys.Ledger;
import dev.flotilla.assistant.door.keys.Rates;
import dev.flotilla.assistant.embedding.EmbeddingUnavailable;
import dev.flotilla.assistant.embedding.Meaning;
import dev.flotilla.assistant.embedding.MiniLm;
import dev.flotilla.assistant.embedding.RememberedMeaning;
import dev.flotilla.assistant.router.Calibration;
import dev.flotilla.assistant.router.Examples;
import dev.flotilla.assistant.tracing.Tracing;
import dev.flotilla.assistant.upstream.BuiltIn;
import dev.flotilla.kernel.Health;
import dev.flotilla.kernel.Service;
import dev.flotilla.kernel.ServiceContext;
import dev.flotilla.kernel.ServiceFactory;
import dev.flotilla.kernel.fleet.FleetView;
import dev.flotilla.kernel.fleet.FleetWatch;
import dev.flotilla.kernel.http.Outbound;
import dev.flotilla.kernel.http.Routes;
import dev.flotilla.kernel.operation.Breakers;
import dev.flotilla.kernel.wire.Wire;
import dev.flotilla.model.Messaging;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door for requests to models: OpenAI's API over HTTP, routed as the manifest says. Thread-safe
 * once started.
 */
public final class RequestCoordinator implements Service {
  public static final String NAME = "RequestCoordinator";

  private static final Logger log = LoggerFactory.getLogger(RequestCoordinator.class);
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration CALIBRATION = Duration.ofSeconds(2);
  private static final int MOST_REMEMBERED = 5_000;

  private final TableMaker maker;
  private final Meaning meaning;
  private final CalibrationFile calibrationFile;
  private final AnswerCache answers;
  private final Door door;
  private final KeyDesk keyDesk;
  private final Ledger ledger;
  private volatile Routing routing;
  private volatile Map<String, Set<String>> pooled = Map.of();

  private RequestCoordinator(
      DoorConfig config, FleetWatch fleet, Supplier<List<PlanFact>> plans, ServiceContext context)
      throws IOException {
    this.meaning =
        new RememberedMeaning(
            context.keep(new MiniLm(context.folder("embedding"))), MOST_REMEMBERED);
    answers =
        new AnswerCache(
            config.cache(),
            meaning,
            context.clock(),
            RedisLevel.of(config.cache().redis(), context));
    endWithModels(context);
    calibrationFile = new CalibrationFile(context.folder("door"));
    FleetFacts facts =
        context.keep(
            new FleetFacts(context, context.folder("door").resolve("remembered.log"), plans));
    maker =
        new TableMaker(
            new Outbound(CONNECT),
            new BuiltIn(facts::now, facts),
            keys(context),
            context.calls(),
            context.clock());
    routing = routing(FleetView.unknown(context.fleet()));
    context.keep(
        fleet.follow(
            context,
            (before, after) -> {
              facts.changed(before, after);
              reload(before, after);
            }));
    context.every(CALIBRATION, this::recalibrate);
    Admission admission = new Admission(config.mostAtOnce(), config.mostWaiting());
    Breakers breakers = new Breakers(Messaging.DEFAULT.breaker(), context.clock());
    KeyStore keys = new KeyStore(context.folder("door"), context.clock());
    ledger =
        context.keep(
            new Ledger(
                context.folder("door").resolve("usage.log"), context.clock(), context.timers()));
    Visitor visitor =
        new Visitor(keys, ledger, new Rates(context.clock()), context.clock(), config.requireKey());
    keyDesk = new KeyDesk(keys, ledger, visitor);
    breakers.show(context.metrics(), "flotilla_target_breaker_state");
    context
        .metrics()
        .gauge(
            "flotilla_request_cache_meanings",
            "Answers that may be found by their meaning.",
            answers::meanings);
    context
        .metrics()
        .gauge(
            "flotilla_request_cache_entries",
            "Answers that may be given again.",
            () -> answers.named().statistics().entries());
    door =
        new Door(
            config,
            admission,
            new Asking(breakers, context.clock(), () -> ThreadLocalRandom.current().nextDouble()),
            visitor,
            context.keep(new AmbiguousLog(context.folder("door"), context.clock())),
            answers,
            () -> routing,
            context.flags(),
            context.clock(),
            context.timers(),
            new DoorMetrics(context.metrics(), admission),
            context.keep(tracing(context)));
  }

  /**
   * @param plans the open plans of the fleet's folder, asked whenever a question is about them
   */
  public static ServiceFactory<DoorConfig> factory(
      FleetWatch fleet, Supplier<List<PlanFact>> plans) {
    return new ServiceFactory<>(
        NAME,
        DoorConfig.DEFAULTS,
        (config, context) -> new RequestCoordinator(config, fleet, plans, context));
  }

  private static Tracing tracing(ServiceContext context) {
    try {
      return Tracing.of(keys(context), context.fleet(), NAME);
    } catch (IllegalArgumentException e) {
      log.warn("No traces are sent: {}. See docs/ask.md for the variables.", e.getMessage());
      return Tracing.OFF;
    }
  }

  /** The service's own variables before those of its process. */
  private static Map<String, String> keys(ServiceContext context) {
    Map<String, String> all = new LinkedHashMap<>(System.getenv());
    all.putAll(context.environment());
    return all;
  }

  private synchronized void reload(FleetView before, FleetView after) {
    if (!before.fleet().router().equals(after.fleet().router())
        || !before.fleet().models().equals(after.fleet().models())) {
      routing = routing(after);
      answers.begin(
          Wire.tree(Map.of("router", after.fleet().router(), "models", after.fleet().models())));
      pooled = pooled(after);
      log.info("The router is in force: {}", String.join(", ", routing.table().models()));
    }
  }

  private Routing routing(FleetView view) {
    RoutingTable table = maker.table(view.fleet());
    try {
      return new Routing(
          table, new Examples(table.policy(), meaning), calibrationFile.read(table.policy()));
    } catch (EmbeddingUnavailable e) {
      log.warn("Requests are routed without examples: {}", e.getMessage());
      return new Routing(table, Examples.none(meaning), Calibration.START);
    }
  }

  /** Somebody may have measured anew. */
  private synchronized void recalibrate() {
    Routing now = routing;
    Calibration measured = calibrationFile.read(now.table().policy());
    if (!measured.equals(now.calibration())) {
      routing = new Routing(now.table(), now.examples(), measured);
      log.info("The router's confidence is calibrated anew");
    }
  }

  /** A model that was loaded anew may answer otherwise than before. */
  private void endWithModels(ServiceContext context) {
    new CacheEvents(context).follow(answers.named(), Map.of());
    context.keep(
        context
            .bus()
            .subscribe(
                "flotilla.event.model.loaded",
                "",
                message -> {
                  String model = Wire.read(message.data(), JsonNode.class).path("model").asText();
                  answers.end(pooled.getOrDefault(model, Set.of(model)));
                }));
  }

  /** The targets behind which each model of the fleet is, its own name among them. */
  private static Map<String, Set<String>> pooled(FleetView view) {
    Map<String, Set<String>> targets = new HashMap<>();
    view.fleet().models().keySet().forEach(m -> targets.put(m, new HashSet<>(Set.of(m))));
    view.fleet()
        .router()
        .ifPresent(
            router ->
                router
                    .targets()
                    .forEach(
                        (name, target) ->
                            target
                                .pool()
                                .ifPresent(
                                    model ->
                                        targets
                                            .computeIfAbsent(model, m -> new HashSet<>())
                                            .add(name))));
    return targets;
  }

  @Override
  public void routes(Routes routes) {
    door.routes(routes);
    keyDesk.routes(routes);
  }

  /** What cannot be written down is shown; a restart would not mend it. */
  @Override
  public Health readiness() {
    return ledger
        .trouble()
        .<Health>map(why -> Health.degraded("what keys used cannot be written: " + why))
        .orElseGet(Health::ok);
  }

  @Override
  public void drain() {
    door.drain();
  }
}
