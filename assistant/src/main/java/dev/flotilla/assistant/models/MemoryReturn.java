package dev.flotilla.assistant.models;

import dev.flotilla.assistant.models.catalogue.CardTable;
import dev.flotilla.assistant.models.pool.CardId;
import dev.flotilla.model.Bytes;
import dev.flotilla.model.MachineCards;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until a card has the memory of an unloaded model back: the driver gives it back a while
 * after the process has ended.
 *
 * @param before what was taken of the card while the model was there
 * @param seen what the model was seen to take; 0 when nobody could tell
 */
record MemoryReturn(CardReadings readings, CardId card, String model, Bytes before, Bytes seen) {
  private static final Logger log = LoggerFactory.getLogger(MemoryReturn.class);
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final double SHARE = 0.9;

  /** To be called before the model is ended. */
  static MemoryReturn of(CardReadings readings, CardId card, String model) {
    Bytes before = readings.used(card).orElse(Bytes.ZERO);
    return new MemoryReturn(
        readings, card, model, before, readings.seen(model, card).orElse(Bytes.ZERO));
  }

  void await() throws InterruptedException {
    if (card.isCpu()) {
      return;
    }
    long deadline = System.nanoTime() + LIMIT.toNanos();
    Bytes last = new Bytes(Long.MAX_VALUE);
    while (System.nanoTime() < deadline) {
      Optional<MachineCards> reading = readings.read(card.machine());
      Optional<Bytes> used = readings.used(card);
      if (reading.isEmpty() || used.isEmpty()) {
        return;
      }
      boolean left = CardTable.seen(reading.get(), card.index(), model).equals(Bytes.ZERO);
      boolean back = used.get().count() <= before.count() - seen.count() * SHARE;
      if (left && (seen.count() > 0 ? back : used.get().equals(last))) {
        return;
      }
      last = used.get();
      Thread.sleep(LOOK);
    }
    log.warn(
        "the memory of {} has not come back to {} in {} s; it counts as taken by others",
        model,
        card,
        LIMIT.toSeconds());
  }
}
