package dev.flotilla.assistant.models.pool;

import dev.flotilla.model.Bytes;

/**
 * A card as it is now.
 *
 * @param total its memory
 * @param foreign what is taken by others than the pool: agents that declare VRAM, strangers
 * @param marks how full the pool may make it
 */
public record Card(CardId id, Bytes total, Bytes foreign, WaterMarks marks) {

  /** The most that models may hold on it, with what others hold left alone. */
  public long ceiling() {
    return Math.max(0, (long) (total.count() * marks.high()) - foreign.count());
  }

  /** What models may keep on it once it was over the high mark. */
  public long floor() {
    return Math.max(0, (long) (total.count() * marks.low()) - foreign.count());
  }

  /**
   * Shares of the whole card.
   *
   * @param high never loaded beyond, from 0 to 1
   * @param low when others push it beyond high, idle models leave until it is below low
   */
  public record WaterMarks(double high, double low) {
    public static final WaterMarks DEFAULT = new WaterMarks(0.9, 0.7);

    public WaterMarks {
      if (!(low > 0 && low <= high && high <= 1)) {
        throw new IllegalArgumentException(
            "water marks must be 0 < low <= high <= 1, found low %s and high %s"
                .formatted(low, high));
      }
    }
  }
}
