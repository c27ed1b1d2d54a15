package dev.flotilla.plan;

import java.util.List;

/**
 * Which phases must be done first.
 *
 * @param stated whether the phase says so itself; otherwise it needs every phase before it
 * @param phases the stated indices, empty for {@code Needs: none}
 */
public record Needs(boolean stated, List<Integer> phases) {
  /** What a phase needs that says nothing: all before it. */
  public static final Needs ALL_BEFORE = new Needs(false, List.of());

  public Needs {
    phases = List.copyOf(phases);
  }
}
