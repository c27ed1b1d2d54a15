package dev.flotilla.model;

import java.util.List;
import java.util.Optional;

/**
 * The cards and the main memory of one machine at one moment; what the node's operation {@code
 * cards} answers.
 *
 * @param driver what was asked, such as {@code NVML 560.35}, or why nothing could be
 * @param cards by index
 * @param memory main memory
 * @param free main memory that could be had now
 */
public record MachineCards(
    String machine, String driver, List<Card> cards, Bytes memory, Bytes free) {
  public MachineCards {
    cards = List.copyOf(cards);
  }

  /**
   * A card.
   *
   * @param index as the driver numbers it
   * @param used as the driver says; absent where only the manifest knows of the card
   * @param utilisation of its processors in per cent
   * @param uses who holds memory on it; absent when the driver does not tell
   */
  public record Card(
      int index,
      String name,
      Bytes total,
      Optional<Bytes> used,
      Optional<Integer> utilisation,
      Optional<List<Use>> uses) {
    public Card {
      uses = uses.map(List::copyOf);
    }
  }

  /**
   * One process on a card.
   *
   * @param agent of this fleet that it belongs to; absent for a stranger
   */
  public record Use(long pid, Optional<String> agent, Bytes held) {}
}
