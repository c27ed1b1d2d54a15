package dev.flotilla.model.yaml;

import dev.flotilla.model.Position;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A value in a YAML file. Immutable; one that an alias repeats stands at the anchor's place. */
public sealed interface YamlNode {
  Position where();

  /** How many values it is made of, itself included. */
  int size();

  /** How a scalar is written. */
  enum Style {
    PLAIN,
    QUOTED,
    /** Its text could not be made out, and a problem was reported; nothing more is said of it. */
    BROKEN
  }

  /** One text, number or truth value, as written. */
  record Scalar(String text, Style style, Position where) implements YamlNode {
    @Override
    public int size() {
      return 1;
    }

    /** Nothing, {@code null} or {@code ~}. */
    public boolean isNull() {
      return style == Style.PLAIN
          && (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null"));
    }

    public Scalar withText(String other) {
      return new Scalar(other, style, where);
    }
  }

  /** A key with its value. */
  record Entry(Scalar key, YamlNode value) {}

  /** Keys and values in the order of the file, each key once. */
  record Mapping(Map<String, Entry> byKey, Position where, int size) implements YamlNode {
    public Mapping {
      byKey = Collections.unmodifiableMap(new LinkedHashMap<>(byKey));
    }

    public static Mapping of(Map<String, Entry> byKey, Position where) {
      int size = 1;
      for (Entry entry : byKey.values()) {
        size = saturatedSum(size, saturatedSum(1, entry.value().size()));
      }
      return new Mapping(byKey, where, size);
    }

    public static Mapping empty(Position where) {
      return new Mapping(Map.of(), where, 1);
    }

    public Collection<Entry> entries() {
      return byKey.values();
    }

    public Optional<YamlNode> get(String key) {
      return Optional.ofNullable(byKey.get(key)).map(Entry::value);
    }
  }

  /** Values in order. */
  record Sequence(List<YamlNode> items, Position where, int size) implements YamlNode {
    public Sequence {
      items = List.copyOf(items);
    }

    public static Sequence of(List<YamlNode> items, Position where) {
      int size = 1;
      for (YamlNode item : items) {
        size = saturatedSum(size, item.size());
      }
      return new Sequence(items, where, size);
    }
  }

  private static int saturatedSum(int left, int right) {
    return left > Integer.MAX_VALUE - right ? Integer.MAX_VALUE : left + right;
  }
}
