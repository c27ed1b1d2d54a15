package dev.flotilla.hub.registry;

import java.util.List;

/** What the registry decided. */
public sealed interface Outcome {

  /**
   * Done.
   *
   * @param next the registry afterwards
   * @param entry the entry that was asked about
   * @param changes what others are told, in order; empty for a renewal
   */
  record Accepted(Registry next, Entry entry, List<Change> changes) implements Outcome {
    public Accepted {
      changes = List.copyOf(changes);
    }
  }

  /** Somebody else holds the name. */
  record Held(String found, String expected, String advice) implements Outcome {}

  /** Nobody knows the instance; it should register again. */
  record Unknown(String found, String expected, String advice) implements Outcome {}
}
