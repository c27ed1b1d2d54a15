package dev.flotilla.assistant.models;

import dev.flotilla.assistant.models.catalogue.CardTable;
import dev.flotilla.assistant.models.engine.Nodes;
import dev.flotilla.assistant.models.pool.Card;
import dev.flotilla.assistant.models.pool.CardId;
import dev.flotilla.assistant.models.pool.Effect;
import dev.flotilla.assistant.models.pool.Pool;
import dev.flotilla.kernel.failure.OperationException;
import dev.flotilla.model.Bytes;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.MachineCards;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What nodes last said of their cards. Thread-safe. */
final class CardReadings {
  private static final Logger log = LoggerFactory.getLogger(CardReadings.class);

  private final Nodes nodes;
  private final Supplier<Fleet> fleet;
  private final Card.WaterMarks marks;
  private final Map<String, MachineCards> readings = new ConcurrentHashMap<>();

  CardReadings(Nodes nodes, Supplier<Fleet> fleet, Card.WaterMarks marks) {
    this.nodes = nodes;
    this.fleet = fleet;
    this.marks = marks;
  }

  /** The last readings, by machine. */
  Map<String, MachineCards> all() {
    return Map.copyOf(readings);
  }

  /** Asks a node anew; empty when it does not answer. */
  Optional<MachineCards> read(String machine) {
    try {
      MachineCards reading = nodes.cards(machine);
      readings.put(machine, reading);
      return Optional.of(reading);
    } catch (OperationException e) {
      log.debug("the node of {} does not tell of its cards: {}", machine, e.getMessage());
      return Optional.empty();
    }
  }

  /** What a model's server is seen to take now; empty when nobody can tell. */
  Optional<Bytes> seen(String model, CardId card) {
    return card.isCpu()
        ? Optional.empty()
        : read(card.machine())
            .map(reading -> CardTable.seen(reading, card.index(), model))
            .filter(bytes -> bytes.count() > 0);
  }

  /** What was taken of a card at the last reading; empty when nobody can tell. */
  Optional<Bytes> used(CardId card) {
    return Optional.ofNullable(readings.get(card.machine())).stream()
        .flatMap(reading -> reading.cards().stream())
        .filter(each -> each.index() == card.index())
        .findFirst()
        .flatMap(MachineCards.Card::used);
  }

  /** The cards as the pool is to see them, GPUs of a machine before its main memory. */
  List<Card> cards(Pool pool) {
    return cards(pool::held, pool::leaving);
  }

  /** The cards once a model is gone: what has not come back of its memory is taken by others. */
  List<Card> without(Pool pool, Effect.Unload gone) {
    return cards(
        card -> minus(pool.held(card), card, gone), card -> minus(pool.leaving(card), card, gone));
  }

  private static Bytes minus(Bytes bytes, CardId card, Effect.Unload gone) {
    return card.equals(gone.card())
        ? new Bytes(Math.max(0, bytes.count() - gone.held().count()))
        : bytes;
  }

  private List<Card> cards(Function<CardId, Bytes> held, Function<CardId, Bytes> leaving) {
    Fleet now = fleet.get();
    return readings.values().stream()
        .flatMap(
            reading ->
                CardTable.of(
                    reading,
                    now.agentsOn(reading.machine()),
                    now.models().keySet(),
                    held,
                    leaving,
                    marks)
                    .stream())
        .sorted(
            Comparator.comparing((Card card) -> card.id().machine())
                .thenComparing(card -> card.id().isCpu())
                .thenComparing(Card::id))
        .toList();
  }
}
