package dev.flotilla.assistant.models.engine;

import dev.flotilla.assistant.models.pool.CardId;
import dev.flotilla.model.Model;
import dev.flotilla.model.ModelRun;
import java.util.Optional;

/**
 * Load this.
 *
 * @param host the address of the card's machine
 */
public record Order(Model model, Model.Variant variant, CardId card, String host) {

  /** As the node is to run it. */
  public ModelRun run() {
    return new ModelRun(
        model.name(),
        variant.name(),
        card.isCpu() ? Optional.empty() : Optional.of(card.index()),
        0);
  }
}
