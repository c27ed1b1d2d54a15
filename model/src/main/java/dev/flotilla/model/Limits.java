package dev.flotilla.model;

import java.util.Optional;

/**
 * What an agent may use; empty means no limit.
 *
 * @param cpu cores, such as 0.5
 * @param memory main memory
 * @param threads threads and processes together
 * @param vram memory on a card: counted when the manifest is checked and when models are placed
 */
public record Limits(
    Optional<Double> cpu, Optional<Bytes> memory, Optional<Integer> threads, Optional<Bytes> vram) {
  public static final Limits NONE =
      new Limits(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
