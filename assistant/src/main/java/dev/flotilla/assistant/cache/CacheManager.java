package dev.flotilla.assistant.cache;

import dev.flotilla.kernel.Health;
import dev.flotilla.kernel.Service;
import dev.flotilla.kernel.ServiceContext;
import dev.flotilla.kernel.ServiceFactory;
import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.http.HttpResponse;
import dev.flotilla.kernel.http.Routes;
import dev.flotilla.kernel.operation.Deadline;
import dev.flotilla.kernel.operation.Operation;
import dev.flotilla.model.shape.Nearest;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Named caches for all agents, Python's too, over bus and HTTP. Thread-safe. */
public final class CacheManager implements Service {
  public static final String NAME = "CacheManager";

  private static final int LONGEST_KEY = 1_000;

  private final CacheManagerConfig config;
  private final Clock clock;
  private final CacheEvents events;
  private final Optional<SecondLevel> behind;
  private final Map<String, NamedCache> caches = new LinkedHashMap<>();

  private CacheManager(CacheManagerConfig config, ServiceContext context) {
    this.config = config;
    this.clock = context.clock();
    this.events = new CacheEvents(context);
    this.behind = RedisLevel.of(config.redis(), context);
    new TreeMap<>(config.caches())
        .forEach(
            (name, settings) -> {
              NamedCache cache = new NamedCache(name, settings, context.clock(), behind);
              caches.put(name, cache);
              events.follow(cache, settings.invalidateOn());
            });
    context
        .metrics()
        .gauge(
            "flotilla_cache_redis_up",
            "1 while the second level can be reached, or there is none.",
            () -> trouble().isEmpty() ? 1 : 0);
  }

  public static ServiceFactory<CacheManagerConfig> factory() {
    return new ServiceFactory<>(NAME, CacheManagerConfig.DEFAULTS, CacheManager::new);
  }

  private Optional<String> trouble() {
    return behind.flatMap(SecondLevel::trouble);
  }

  /** Without Redis it goes on, and says so; a restart would only empty the memory. */
  @Override
  public Health readiness() {
    return trouble().map(Health::degraded).orElseGet(Health::ok);
  }

  @Override
  public void routes(Routes routes) {
    routes.get("/caches", request -> HttpResponse.json(statistics(new Operation.Nothing())));
  }

  @Override
  public List<Operation<?, ?>> operations() {
    return List.of(
        Operation.of("get", CacheRequests.Get.class, CacheRequests.Got.class, this::get)
            .summary("What is known of a key, or a ticket to find it out while others wait."),
        Operation.of("put", CacheRequests.Put.class, CacheRequests.Kept.class, this::put)
            .summary("Keeps a value, or that there is none."),
        Operation.of(
                "give-up", CacheRequests.GiveUp.class, CacheRequests.GivenUp.class, this::giveUp)
            .summary("Hands a ticket back, for the next who asks."),
        Operation.of(
                "invalidate",
                CacheRequests.Invalidate.class,
                CacheRequests.Invalidated.class,
                this::invalidate)
            .summary("Ends entries by key, by tag, or all, wherever they are kept."),
        Operation.of(
                "statistics",
                Operation.Nothing.class,
                CacheRequests.Statistics.class,
                this::statistics)
            .summary("How each cache fares."));
  }

  private CacheRequests.Got get(CacheRequests.Get request) throws InterruptedException {
    Duration asked = request.patience().orElse(Duration.ZERO);
    Duration longest = asked.compareTo(config.longestWait()) > 0 ? config.longestWait() : asked;
    Duration patience = Deadline.spare(longest, clock);
    NamedCache.Look look = cache(request.cache()).look(key(request.key()), patience);
    return new CacheRequests.Got(
        look.found().isPresent(),
        look.found().flatMap(Cached::value),
        look.found().map(Cached::tags).map(List::copyOf).orElse(List.of()),
        look.found().map(Cached::until),
        look.ticket());
  }

  private CacheRequests.Kept put(CacheRequests.Put request) {
    request
        .ttl()
        .filter(ttl -> !ttl.isPositive())
        .ifPresent(
            ttl -> {
              throw Failure.badRequest(
                      "ttl", ttl.toSeconds() + " seconds", "more than nothing", "leave it out")
                  .exception();
            });
    Cached kept =
        cache(request.cache())
            .put(
                key(request.key()),
                new Cached.Fresh(
                    request.value().filter(value -> !value.isNull()),
                    Set.copyOf(request.tags()),
                    request.ttl()),
                request.ticket());
    return new CacheRequests.Kept(kept.until());
  }

  private CacheRequests.GivenUp giveUp(CacheRequests.GiveUp request) {
    return new CacheRequests.GivenUp(
        cache(request.cache()).giveUp(request.key(), request.ticket()));
  }

  private CacheRequests.Invalidated invalidate(CacheRequests.Invalidate request) {
    boolean all = request.all().orElse(false);
    if (!all && request.keys().isEmpty() && request.tags().isEmpty()) {
      throw Failure.badRequest(
              "keys",
              "no key and no tag",
              "what is to be ended",
              "name keys or tags, or say \"all\": true")
          .exception();
    }
    return new CacheRequests.Invalidated(
        events.invalidate(cache(request.cache()), request.keys(), request.tags(), all));
  }

  private CacheRequests.Statistics statistics(Operation.Nothing nothing) {
    return new CacheRequests.Statistics(
        caches.values().stream().map(NamedCache::statistics).toList(), trouble());
  }

  private NamedCache cache(String name) {
    return Optional.ofNullable(caches.get(name))
        .orElseThrow(
            () ->
                Failure.notFound(
                        "there is no cache \"" + name + "\"",
                        "one of " + String.join(", ", caches.keySet()),
                        Nearest.to(name, caches.keySet())
                            .map(near -> "did you mean \"" + near + "\"?")
                            .orElse("add it to caches in the manifest"))
                    .exception());
  }

  private static String key(String key) {
    if (key.isEmpty() || key.length() > LONGEST_KEY) {
      throw Failure.badRequest(
              "key",
              key.length() + " characters",
              "1 to " + LONGEST_KEY,
              "use a digest of what is longer")
          .exception();
    }
    return key;
  }
}
