package dev.flotilla.assistant.models.pool;

import dev.flotilla.assistant.models.memory.Estimate;
import dev.flotilla.model.Bytes;
import java.util.Optional;

/** What is to be done outside of the pool. */
public sealed interface Effect {

  /** Load a model; answered by {@link Pool#loaded} or {@link Pool#broke}. */
  record Load(String model, String variant, CardId card, Estimate estimate) implements Effect {}

  /** Take a model away; answered by {@link Pool#gone} once its memory is back. */
  record Unload(String model, String variant, CardId card, Bytes held) implements Effect {}

  /** Somebody who asked has the model. */
  record Grant(long number, Lease lease, String variant, CardId card, String address)
      implements Effect {}

  /** Somebody who asked will not have it. */
  record Refuse(long number, String reason, boolean forGood) implements Effect {}

  /** Something others may want to know. */
  record Tell(
      Kind kind, String model, Optional<String> variant, Optional<CardId> card, String reason)
      implements Effect {}

  /** What is told. */
  enum Kind {
    LOADING,
    LOADED,
    UNLOADING,
    /** Taken away to make room, or because others need its memory. */
    EVICTED,
    /** Taken away because it was idle, or somebody asked. */
    UNLOADED,
    FAILED
  }
}
