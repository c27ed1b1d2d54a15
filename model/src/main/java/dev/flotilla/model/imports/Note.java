package dev.flotilla.model.imports;

import dev.flotilla.model.Position;
import java.util.List;

/**
 * Something in the input that the reader of the manifest should know of.
 *
 * @param found what stands in the input
 * @param became what was made of it
 * @param where every place it was found at, at least one
 */
public record Note(Kind kind, String found, String became, List<Position> where) {
  public Note {
    where = List.copyOf(where);
  }

  /** What happened to it. */
  public enum Kind {
    /** Carried over in another form, or after a decision that could be wrong. */
    UNDERSTOOD,
    /** Kept in the manifest under an {@code x-} key, where it has no effect. */
    KEPT,
    /** Not in the manifest. */
    LOST
  }

  /** For a terminal: the first place, how many more, what was found and what became of it. */
  @Override
  public String toString() {
    String more = where.size() == 1 ? "" : " and " + (where.size() - 1) + " more";
    return where.getFirst() + more + ": " + found + ": " + became;
  }
}
