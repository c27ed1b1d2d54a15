package dev.flotilla.assistant.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One cache: in memory, with another behind it where entries are shared. A key that is missing is
 * found out once however many ask, and what was overtaken by an invalidation while it was found out
 * is given to those who asked before and not kept. Thread-safe.
 */
public final class NamedCache {
  private final String name;
  private final CacheSettings settings;
  private final Clock clock;
  private final Optional<SecondLevel> behind;
  private final Cache<String, Cached> memory;
  private final Tally tally = new Tally();
  private final Flights flights = new Flights(tally);

  /**
   * @param behind asked when memory has nothing
   */
  public NamedCache(
      String name, CacheSettings settings, Clock clock, Optional<SecondLevel> behind) {
    this.name = name;
    this.settings = settings;
    this.clock = clock;
    this.behind = behind.filter(level -> settings.shared().orElse(true));
    this.memory = memory(settings, clock, tally);
  }

  private static Cache<String, Cached> memory(CacheSettings settings, Clock clock, Tally tally) {
    Caffeine<String, Cached> builder =
        Caffeine.newBuilder()
            .executor(Runnable::run)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .evictionListener(
                (@Nullable String key, @Nullable Cached entry, RemovalCause cause) -> {
                  if (cause == RemovalCause.SIZE) {
                    tally.evicted.increment();
                  }
                })
            .expireAfter(
                Expiry.writing((key, entry) -> Duration.between(clock.instant(), entry.until())));
    return settings
        .weight()
        .map(
            most ->
                builder
                    .maximumWeight(most.count())
                    .weigher((key, entry) -> entry.bytes() + key.length())
                    .<String, Cached>build())
        .orElseGet(() -> builder.maximumSize(settings.mostEntries()).build());
  }

  public String name() {
    return name;
  }

  /** What is known of the key; empty when nothing is. */
  public Optional<Cached> get(String key) {
    Cached entry = memory.getIfPresent(key);
    if (entry != null) {
      tally.hits.increment();
      return Optional.of(entry);
    }
    Optional<Cached> shared = behind.flatMap(level -> fetch(level, key));
    (shared.isPresent() ? tally.sharedHits : tally.misses).increment();
    return shared;
  }

  private Optional<Cached> fetch(SecondLevel level, String key) {
    return flights.watching(
        watch -> {
          Optional<Cached> shared =
              level.get(name, key).filter(e -> e.until().isAfter(clock.instant()));
          shared.ifPresent(entry -> keep(key, entry, watch, memory::put));
          return shared;
        });
  }

  /** Keeps it unless it was overtaken, also in the moment of its keeping. */
  private void keep(String key, Cached entry, Flight flight, BiConsumer<String, Cached> into) {
    if (!flight.overtaken(key, entry)) {
      into.accept(key, entry);
      if (flight.overtaken(key, entry)) {
        drop(new Invalidation(name, List.of(key), List.of(), false, ""));
      }
    }
  }

  /**
   * What is known of the key, found out by the caller where nothing is. Of many callers one finds
   * out and the others wait; near its end an entry is made anew beside.
   *
   * @throws RuntimeException what finding out has thrown; nothing is kept then
   */
  public Cached get(String key, Function<String, Cached.Fresh> findOut) {
    Optional<Cached> there = get(key);
    if (there.isPresent()) {
      if (nearItsEnd(there.get())) {
        flights.beside(key, clock, flight -> land(key, findOut.apply(key), flight));
      }
      return there.get();
    }
    return flights.join(key, clock, flight -> land(key, findOut.apply(key), flight));
  }

  /**
   * The same for somebody who finds out elsewhere: what is known, or a ticket to find out and
   * {@link #put}. Who comes while another has the ticket waits for it.
   */
  public Look look(String key, Duration patience) throws InterruptedException {
    Optional<Cached> there = get(key);
    if (there.isPresent()) {
      Optional<String> ticket =
          nearItsEnd(there.get()) ? flights.ticket(key, clock) : Optional.empty();
      return new Look(there, ticket);
    }
    return flights.await(key, clock, patience);
  }

  /**
   * What a look gave.
   *
   * @param found what is known
   * @param ticket to find out, or to make anew what is found
   */
  public record Look(Optional<Cached> found, Optional<String> ticket) {}

  private boolean nearItsEnd(Cached entry) {
    return settings
        .refreshAhead()
        .filter(ahead -> Duration.between(clock.instant(), entry.until()).compareTo(ahead) <= 0)
        .isPresent();
  }

  /**
   * Keeps it.
   *
   * @param ticket of who was to find out; without one it is kept in any case
   */
  public Cached put(String key, Cached.Fresh fresh, Optional<String> ticket) {
    Optional<Flight> flight = ticket.flatMap(held -> flights.of(key, held));
    if (flight.isPresent()) {
      return flights.land(key, flight.get(), f -> land(key, fresh, f));
    }
    Cached entry = entry(fresh);
    keep(key, entry);
    return entry;
  }

  /** Whoever has the ticket will not find out; the next who asks gets one. */
  public boolean giveUp(String key, String ticket) {
    return flights.giveUp(key, ticket);
  }

  private Cached land(String key, Cached.Fresh fresh, Flight flight) {
    Cached entry = entry(fresh);
    keep(key, entry, flight, this::keep);
    return entry;
  }

  private Cached entry(Cached.Fresh fresh) {
    Duration good = fresh.ttl().orElse(settings.good(fresh.value().isEmpty()));
    Instant until = clock.instant().plus(good);
    return new Cached(fresh.value(), fresh.tags(), until);
  }

  private void keep(String key, Cached entry) {
    memory.put(key, entry);
    behind.ifPresent(level -> level.put(name, key, entry));
  }

  /** Ends what is not good any more, here and behind; gives how many entries that were here. */
  public int invalidate(Invalidation invalidation) {
    int dropped = hear(invalidation);
    behind.ifPresent(level -> level.invalidate(invalidation));
    return dropped;
  }

  /** Ends it here only, and leaves what lies behind. */
  public int hear(Invalidation invalidation) {
    flights.hear(invalidation);
    return drop(invalidation);
  }

  private int drop(Invalidation invalidation) {
    int before = tally.invalidated.intValue();
    memory
        .asMap()
        .forEach(
            (key, entry) -> {
              if (invalidation.covers(key, entry.tags()) && memory.asMap().remove(key, entry)) {
                tally.invalidated.increment();
              }
            });
    return tally.invalidated.intValue() - before;
  }

  public CacheStatistics statistics() {
    memory.cleanUp();
    return new CacheStatistics(
        name,
        tally.hits.sum(),
        tally.sharedHits.sum(),
        tally.misses.sum(),
        tally.joined.sum(),
        tally.refreshes.sum(),
        tally.evicted.sum(),
        tally.invalidated.sum(),
        memory.estimatedSize(),
        memory.policy().eviction().map(e -> e.weightedSize().orElse(0)).orElse(0L));
  }
}
