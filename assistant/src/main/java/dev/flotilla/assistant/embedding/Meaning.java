package dev.flotilla.assistant.embedding;

import java.util.List;

/** Turns text into a direction in space, so that texts of like meaning point alike. Thread-safe. */
@FunctionalInterface
public interface Meaning {

  /** Vectors of length 1, one for each text. */
  List<float[]> of(List<String> texts);

  /** False when a text is so long that its end is passed over. */
  default boolean seesAllOf(String text) {
    return true;
  }

  /** The cosine of two vectors of length 1. */
  static double likeness(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
