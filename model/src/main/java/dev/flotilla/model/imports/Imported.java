package dev.flotilla.model.imports;

import java.util.List;

/**
 * What an import gives.
 *
 * @param yaml the text of the manifest; it loads
 * @param notes everything that was understood specially, kept without effect, or lost
 */
public record Imported(String yaml, List<Note> notes, int machines, int groups, int agents) {
  public Imported {
    notes = List.copyOf(notes);
  }
}
