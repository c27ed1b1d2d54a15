package dev.flotilla.model.imports;

import java.util.List;

/**
 * What an import gives.
 *
 * @param yaml the text of the manifest; it loads
 * @param notes everything that was understood specially, kept without effect, or lost
 * @param parts what became of it, machine by machine
 */
public record Imported(String yaml, List<Note> notes, List<Part> parts) {
  public Imported {
    notes = List.copyOf(notes);
    parts = List.copyOf(parts);
  }

  /** How many groups with agents, and how many agents, one machine has. */
  public record Part(String machine, int groups, int agents) {}

  public int machines() {
    return parts.size();
  }

  public int groups() {
    return parts.stream().mapToInt(Part::groups).sum();
  }

  public int agents() {
    return parts.stream().mapToInt(Part::agents).sum();
  }
}
