package dev.flotilla.model.shape;

import java.util.List;
import java.util.Optional;

/**
 * A mapping with known keys.
 *
 * @param name what it is called in the schema and the reference
 * @param extensible whether keys that begin with {@code x-} are allowed and ignored
 */
public record Shape(String name, String description, List<Key> keys, boolean extensible) {
  /** What a key begins with that is ignored. */
  public static final String EXTENSION = "x-";

  public Shape {
    keys = List.copyOf(keys);
  }

  public Optional<Key> key(String keyName) {
    return keys.stream().filter(key -> key.name().equals(keyName)).findFirst();
  }

  public List<String> keyNames() {
    return keys.stream().map(Key::name).toList();
  }

  /** The same with only the named keys. */
  public Shape only(String otherName, String otherDescription, List<String> keyNames) {
    return new Shape(
        otherName,
        otherDescription,
        keys.stream().filter(key -> keyNames.contains(key.name())).toList(),
        extensible);
  }

  /**
   * A key of a mapping.
   *
   * @param byDefault what holds when it is absent, in words; empty for nothing
   */
  public record Key(String name, Type type, String description, String byDefault) {}

  public static Key key(String name, Type type, String description, String byDefault) {
    return new Key(name, type, description, byDefault);
  }

  public static Key key(String name, Type type, String description) {
    return new Key(name, type, description, "");
  }
}
