package dev.flotilla.assistant.models.inside;

import dev.flotilla.assistant.door.api.ApiException;
import dev.flotilla.assistant.upstream.Texts;
import java.util.List;
import java.util.Optional;

/** A model that is loaded. Thread-safe; calls into it may hold a thread of the machine. */
interface LocalModel extends AutoCloseable {

  /**
   * What is to be written.
   *
   * @param most tokens
   */
  record Wish(
      String prompt,
      int most,
      Optional<Double> temperature,
      Optional<Double> topP,
      Optional<Long> seed,
      List<String> stops) {
    public Wish {
      stops = List.copyOf(stops);
    }
  }

  /** Takes the text bit by bit. */
  @FunctionalInterface
  interface Sink {
    /** False when no more is wanted. */
    boolean take(String text);
  }

  /** A conversation as the model's own template writes it. */
  String prompt(List<Texts.Said> conversation) throws ApiException;

  /** Writes; how many tokens that were. */
  int generate(Wish wish, Sink sink) throws ApiException;

  /** A vector of length 1. */
  float[] embed(String text) throws ApiException;

  int tokens(String text);

  /** Tokens that prompt and answer may have together. */
  int context();

  @Override
  void close();
}
