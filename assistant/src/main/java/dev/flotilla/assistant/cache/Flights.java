package dev.flotilla.assistant.cache;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys that are being found out, each by one. Thread-safe. */
final class Flights {
  private static final Logger log = LoggerFactory.getLogger(Flights.class);

  /** After which who found out elsewhere is thought to have died. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final ConcurrentMap<String, Flight> flights = new ConcurrentHashMap<>();
  private final Set<Flight> watches = ConcurrentHashMap.newKeySet();
  private final Tally tally;

  Flights(Tally tally) {
    this.tally = tally;
  }

  /** Flies, or waits for who already does. */
  Cached join(String key, Clock clock, Function<Flight, Cached> fly) {
    Flight own = new Flight("", Instant.MAX);
    Flight first = begin(key, own, clock);
    if (first == own) {
      return land(key, own, fly);
    }
    tally.joined.increment();
    try {
      return first.landed.join();
    } catch (CancellationException givenUp) {
      return join(key, clock, fly);
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException why ? why : e;
    }
  }

  /** Flies on a thread of its own unless somebody already does. */
  void beside(String key, Clock clock, Function<Flight, Cached> fly) {
    Flight own = new Flight("", Instant.MAX);
    if (begin(key, own, clock) == own) {
      tally.refreshes.increment();
      Thread.ofVirtual()
          .name("cache-refresh")
          .start(
              () -> {
                try {
                  var _ = land(key, own, fly);
                } catch (RuntimeException e) {
                  log.warn("{} was not made anew before its end: {}", key, e.getMessage());
                }
              });
    }
  }

  /** A ticket, unless somebody flies already. */
  Optional<String> ticket(String key, Clock clock) {
    Flight own = ticketed(clock);
    if (begin(key, own, clock) != own) {
      return Optional.empty();
    }
    tally.refreshes.increment();
    return Optional.of(own.ticket);
  }

  /** What lands in time, or a ticket; nothing of both when patience ended before either. */
  NamedCache.Look await(String key, Clock clock, Duration patience) throws InterruptedException {
    Flight own = ticketed(clock);
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      Flight first = begin(key, own, clock);
      if (first == own) {
        return new NamedCache.Look(Optional.empty(), Optional.of(own.ticket));
      }
      tally.joined.increment();
      try {
        long left = Math.max(0, end - System.nanoTime());
        return new NamedCache.Look(
            Optional.of(first.landed.get(left, TimeUnit.NANOSECONDS)), Optional.empty());
      } catch (TimeoutException e) {
        return new NamedCache.Look(Optional.empty(), Optional.empty());
      } catch (ExecutionException | CancellationException e) {
        log.debug("{} was not found out: {}", key, e.getMessage());
      }
    }
  }

  private static Flight ticketed(Clock clock) {
    return new Flight(UUID.randomUUID().toString(), clock.instant().plus(LONGEST));
  }

  /** The flight that is under way: this one, unless there is an earlier one that still counts. */
  private Flight begin(String key, Flight own, Clock clock) {
    Flight[] lost = new Flight[1];
    Flight current =
        flights.merge(
            key,
            own,
            (earlier, late) -> {
              if (earlier.until.isAfter(clock.instant())) {
                return earlier;
              }
              lost[0] = earlier;
              return late;
            });
    if (lost[0] != null) {
      lost[0].landed.cancel(false);
    }
    return current;
  }

  Cached land(String key, Flight flight, Function<Flight, Cached> fly) {
    try {
      Cached found = fly.apply(flight);
      flight.landed.complete(found);
      return found;
    } catch (RuntimeException | Error e) {
      flight.landed.completeExceptionally(e);
      throw e;
    } finally {
      flights.remove(key, flight);
    }
  }

  Optional<Flight> of(String key, String ticket) {
    return Optional.ofNullable(flights.get(key)).filter(flight -> flight.ticket.equals(ticket));
  }

  boolean giveUp(String key, String ticket) {
    Optional<Flight> flight = of(key, ticket);
    flight.ifPresent(
        given -> {
          flights.remove(key, given);
          given.landed.cancel(false);
        });
    return flight.isPresent();
  }

  /** Hears of invalidations while it looks elsewhere. */
  <T> T watching(Function<Flight, T> look) {
    Flight watch = new Flight("", Instant.MAX);
    watches.add(watch);
    try {
      return look.apply(watch);
    } finally {
      watches.remove(watch);
    }
  }

  void hear(Invalidation invalidation) {
    watches.forEach(watch -> watch.heard(invalidation));
    flights.values().forEach(flight -> flight.heard(invalidation));
  }
}
