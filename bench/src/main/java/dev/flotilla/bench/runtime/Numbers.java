package dev.flotilla.bench.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Measured values by what was measured; several rounds each. */
final class Numbers {
  private final Map<String, List<Double>> values = new LinkedHashMap<>();

  void add(String what, double value) {
    values.computeIfAbsent(what, key -> new ArrayList<>()).add(value);
  }

  boolean has(String what) {
    return values.containsKey(what);
  }

  /** {@code median (least–most)}, or a dash where nothing was measured. */
  String text(String what, int digits) {
    List<Double> sorted = new ArrayList<>(values.getOrDefault(what, List.of()));
    if (sorted.isEmpty()) {
      return "–";
    }
    sorted.sort(null);
    String format = "%." + digits + "f";
    return String.format(
        Locale.ROOT,
        format + " (" + format + "–" + format + ")",
        sorted.get(sorted.size() / 2),
        sorted.getFirst(),
        sorted.getLast());
  }
}
