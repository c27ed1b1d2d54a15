package dev.flotilla.hub.registry;

/** What happened to one registration; published to watchers and written to the journal. */
public sealed interface Change {
  Entry entry();

  /** It was made, or made again by the same instance with other content. */
  record Registered(Entry entry) implements Change {}

  /** It was taken back by its instance. */
  record Deregistered(Entry entry) implements Change {}

  /** A newer instance of the same owner took its place. */
  record Replaced(Entry entry, String by) implements Change {}

  /** Its lease ran out. */
  record Expired(Entry entry) implements Change {}

  /**
   * The node that supervises its owner saw the process end.
   *
   * @param state what the node says of the owner
   */
  record OwnerGone(Entry entry, String state) implements Change {}

  /** As written in events and the journal. */
  default String kind() {
    return switch (this) {
      case Registered _ -> "registered";
      case Deregistered _ -> "deregistered";
      case Replaced _ -> "replaced";
      case Expired _ -> "expired";
      case OwnerGone _ -> "owner-gone";
    };
  }
}
