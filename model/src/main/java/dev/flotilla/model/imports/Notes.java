package dev.flotilla.model.imports;

import dev.flotilla.model.Position;
import dev.flotilla.model.imports.Note.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects notes; the same note at several places is one. Not thread-safe. */
final class Notes {
  private record Key(Kind kind, String found, String became) {}

  private final Map<Key, List<Position>> places = new LinkedHashMap<>();

  void understood(Position where, String found, String became) {
    add(Kind.UNDERSTOOD, where, found, became);
  }

  void kept(Position where, String found, String became) {
    add(Kind.KEPT, where, found, became);
  }

  void lost(Position where, String found, String became) {
    add(Kind.LOST, where, found, became);
  }

  private void add(Kind kind, Position where, String found, String became) {
    places.computeIfAbsent(new Key(kind, found, became), key -> new ArrayList<>()).add(where);
  }

  /** Understood first, then kept, then lost; each in the order met. */
  List<Note> all() {
    List<Note> notes = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      places.forEach(
          (key, where) -> {
            if (key.kind() == kind) {
              notes.add(new Note(kind, key.found(), key.became(), where));
            }
          });
    }
    return notes;
  }
}
