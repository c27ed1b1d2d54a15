package dev.flotilla.assistant.models;

import dev.flotilla.assistant.models.pool.Card;
import dev.flotilla.assistant.models.pool.Rules;
import java.time.Duration;

/**
 * What can be configured.
 *
 * @param maxModelsInMemory how many models may be loaded at once; 0 for as many as fit
 * @param modelIdleTimeout a model not used for so long is unloaded, unless it says otherwise
 * @param highWaterMark share of a card beyond which nothing is loaded, from 0 to 1
 * @param lowWaterMark when others push a card over the high mark, idle models leave until it is
 *     below this share
 * @param patience who waits longer than this for a model has others stand back
 * @param lease how long a lease stands that asks for no time of its own
 * @param longestWait how long a request may wait for a model when its caller sets no deadline
 * @param predict whether the likely next model is loaded ahead into free memory
 * @param predictConfidence how often it must have been the next one before, from 0 to 1
 * @param look how often the cards are read
 */
public record ModelManagerConfig(
    int maxModelsInMemory,
    Duration modelIdleTimeout,
    double highWaterMark,
    double lowWaterMark,
    Duration patience,
    Duration lease,
    Duration longestWait,
    boolean predict,
    double predictConfidence,
    Duration look) {
  public static final ModelManagerConfig DEFAULTS =
      new ModelManagerConfig(
          0,
          Duration.ofMinutes(5),
          0.9,
          0.7,
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          false,
          0.6,
          Duration.ofSeconds(2));

  public ModelManagerConfig {
    if (maxModelsInMemory < 0) {
      throw new IllegalArgumentException(
          "maxModelsInMemory must be >= 0, found " + maxModelsInMemory);
    }
    var _ = new Card.WaterMarks(highWaterMark, lowWaterMark);
  }

  Card.WaterMarks marks() {
    return new Card.WaterMarks(highWaterMark, lowWaterMark);
  }

  Rules rules() {
    return new Rules(
        maxModelsInMemory == 0 ? Integer.MAX_VALUE : maxModelsInMemory,
        patience,
        predict,
        predictConfidence);
  }
}
