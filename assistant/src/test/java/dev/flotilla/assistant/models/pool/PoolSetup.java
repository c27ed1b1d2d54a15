package dev.flotilla.assistant.models.pool;

import dev.flotilla.assistant.models.memory.Estimate;
import dev.flotilla.model.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A pool with a card of 24 GiB and one of 12, and time that passes when it is told to. */
abstract class PoolSetup {
  static final CardId BIG = new CardId("pc", 0);
  static final CardId SMALL = new CardId("pc", 1);
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  final AtomicLong ids = new AtomicLong();
  final AtomicLong numbers = new AtomicLong();
  Instant now = START;
  Pool pool = pool(Rules.DEFAULT);

  Pool pool(Rules rules) {
    Pool made = new Pool(rules, () -> Long.toString(ids.incrementAndGet()));
    made.cards(List.of(card(BIG, 24, 0), card(SMALL, 12, 0)), now);
    return made;
  }

  static Card card(CardId id, int gibibytes, int foreign) {
    return new Card(id, gib(gibibytes), gib(foreign), Card.WaterMarks.DEFAULT);
  }

  static Bytes gib(double gibibytes) {
    return new Bytes(Math.round(gibibytes * (1L << 30)));
  }

  static Entry entry(String model, double gibibytes) {
    Estimate estimate = new Estimate(gib(gibibytes), Bytes.ZERO, Bytes.ZERO, 1);
    return new Entry(
        model,
        List.of(new Demand.Variant("default", Map.of(BIG, estimate, SMALL, estimate))),
        false,
        false,
        Duration.ofMinutes(5),
        Duration.ofSeconds(5),
        0,
        "");
  }

  static Map<String, Entry> catalogue(Entry... entries) {
    Map<String, Entry> all = new LinkedHashMap<>();
    for (Entry entry : entries) {
      all.put(entry.model(), entry);
    }
    return all;
  }

  List<Effect> ask(String model) {
    return ask(model, "agent");
  }

  List<Effect> ask(String model, String holder) {
    return pool.ask(
        new Request(numbers.incrementAndGet(), model, holder, 0, Duration.ofMinutes(1)), now);
  }

  List<Effect> loaded(String model) {
    return pool.loaded(model, "http://" + model, Optional.empty(), now);
  }

  static List<String> kinds(List<Effect> effects) {
    return effects.stream()
        .map(
            effect ->
                switch (effect) {
                  case Effect.Load load -> "load " + load.model() + " on " + load.card();
                  case Effect.Unload unload -> "unload " + unload.model();
                  case Effect.Grant grant -> "grant " + grant.lease().model();
                  case Effect.Refuse refuse -> "refuse: " + refuse.reason();
                  case Effect.Tell tell ->
                      tell.kind().name().toLowerCase(Locale.ROOT) + " " + tell.model();
                })
        .toList();
  }

  static String leaseOf(List<Effect> effects) {
    return effects.stream()
        .flatMap(e -> e instanceof Effect.Grant grant ? List.of(grant.lease().id()).stream() : null)
        .findFirst()
        .orElseThrow();
  }

  void later(Duration time) {
    now = now.plus(time);
  }
}
