package dev.flotilla.model;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A map read from a file that knows where each key stands, so that who finds a value wrong later
 * can say where it is. Equal to any map of the same values. Immutable.
 */
public final class PlacedMap extends AbstractMap<String, Object> {
  private final Map<String, Object> values;
  private final Map<String, Position> places;

  /** What both hold of a key belongs together. */
  public PlacedMap(Map<String, Object> values, Map<String, Position> places) {
    this.values = Ordered.copyOf(values);
    this.places = Map.copyOf(places);
  }

  /** Where a key of any map stands; empty when the map does not know. */
  public static Optional<Position> place(Map<?, ?> map, Object key) {
    return map instanceof PlacedMap placed
        ? Optional.ofNullable(placed.places.get(key))
        : Optional.empty();
  }

  /** The same values in order, unmodifiable, with their places where they are known. */
  static Map<String, Object> copyOf(Map<String, Object> map) {
    return map instanceof PlacedMap ? map : Ordered.copyOf(map);
  }

  @Override
  public Set<Entry<String, Object>> entrySet() {
    return values.entrySet();
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return values.containsKey(key);
  }

  @Override
  public @Nullable Object get(@Nullable Object key) {
    return values.get(key);
  }
}
