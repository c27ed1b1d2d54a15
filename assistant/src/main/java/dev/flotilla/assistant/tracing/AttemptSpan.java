package dev.flotilla.assistant.tracing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.assistant.upstream.Usage;
import java.util.Map;
import java.util.function.Supplier;

/** The span of one target that is asked; ended once, by the first that says how. Thread-safe. */
public interface AttemptSpan {

  /** To be sent to the target, so that its spans join the trace. */
  Map<String, String> headers();

  /** The first words are there. */
  void begun();

  /**
   * @param answer all of it, or the part of a stream that says why it ends
   * @param said asked for only where traces are to hold what was said
   */
  void answered(JsonNode answer, Usage usage, Supplier<String> said);

  /**
   * @param type a word or the HTTP status
   */
  void failed(String type, String reason);

  /** Records nothing. */
  static AttemptSpan passing(Map<String, String> headers) {
    return new AttemptSpan() {
      @Override
      public Map<String, String> headers() {
        return headers;
      }

      @Override
      public void begun() {}

      @Override
      public void answered(JsonNode answer, Usage usage, Supplier<String> said) {}

      @Override
      public void failed(String type, String reason) {}
    };
  }
}
