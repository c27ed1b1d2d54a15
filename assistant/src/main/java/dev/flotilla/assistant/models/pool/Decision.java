package dev.flotilla.assistant.models.pool;

import dev.flotilla.assistant.models.memory.Estimate;
import java.util.List;

/** What to do about a demand. */
public sealed interface Decision {

  /** It is there. */
  record Use(Resident resident) implements Decision {}

  /**
   * Load it, after the models named were unloaded and their memory has come back.
   *
   * @param evict in the order to unload them; empty when there is room
   */
  record Load(String variant, CardId card, Estimate estimate, List<Resident> evict)
      implements Decision {
    public Load {
      evict = List.copyOf(evict);
    }
  }

  /** It will fit once what is in use or on its way has ended. */
  record Wait(String reason) implements Decision {}

  /** It cannot be loaded, whatever ends; the reason shows the arithmetic for each card. */
  record Refuse(String reason) implements Decision {}
}
