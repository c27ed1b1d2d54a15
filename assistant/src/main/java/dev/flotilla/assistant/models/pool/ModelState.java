package dev.flotilla.assistant.models.pool;

import java.util.Optional;

/** Where a model is in its life. */
public enum ModelState {
  /** Nobody has looked yet whether an earlier service left it serving. */
  UNKNOWN,
  ABSENT,
  LOADING,
  READY,
  UNLOADING,
  FAILED;

  /** What may happen to a model. */
  public enum Happening {
    /** Somebody begins to load it. */
    LOAD,
    /** It serves. */
    LOADED,
    /** It was found serving, left by an earlier service. */
    ADOPTED,
    /** Every machine was looked at. */
    SURVEYED,
    /** It could not be loaded, or its engine ended. */
    BROKE,
    /** Somebody begins to take it away. */
    UNLOAD,
    /** Nothing of it is left, and its memory is back or will not come. */
    GONE
  }

  /** The state after something happened; empty when that cannot happen in this one. */
  public Optional<ModelState> after(Happening happening) {
    return Optional.ofNullable(
        switch (happening) {
          case LOAD -> this == ABSENT || this == FAILED ? LOADING : null;
          case LOADED -> this == LOADING ? READY : null;
          case ADOPTED -> this == UNKNOWN || this == ABSENT || this == FAILED ? READY : null;
          case SURVEYED -> this == UNKNOWN ? ABSENT : null;
          case BROKE ->
              switch (this) {
                case LOADING, READY -> FAILED;
                case UNLOADING -> UNLOADING;
                case UNKNOWN, ABSENT, FAILED -> null;
              };
          case UNLOAD -> this == READY ? UNLOADING : null;
          case GONE -> this == UNLOADING ? ABSENT : null;
        });
  }

  /** Whether it takes memory, or is about to or may still. */
  public boolean resident() {
    return this == LOADING || this == READY || this == UNLOADING;
  }
}
