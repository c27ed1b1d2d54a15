package dev.flotilla.assistant.tracing;

import dev.flotilla.assistant.router.Choice;
import dev.flotilla.assistant.upstream.Call;
import dev.flotilla.assistant.upstream.Upstream;
import java.util.Map;
import java.util.Optional;

/** The span of one request and those below it. Thread-safe. */
public interface RequestSpan {
  /** Records nothing. */
  RequestSpan NONE = passing(Map.of());

  /** What the router decided, from the end of the request's admission until now. */
  void routed(String id, String key, Choice choice);

  /** The request was let in, and is routed from now on. */
  void admitted();

  /** One target is asked from now on. */
  AttemptSpan attempt(String target, Upstream.About about, Call call);

  /**
   * The request ends.
   *
   * @param outcome as in its explanation
   * @param error why there is no answer
   */
  void ended(int status, String outcome, Optional<String> error);

  /** Records nothing, and passes these headers on to targets. */
  static RequestSpan passing(Map<String, String> headers) {
    AttemptSpan attempt = AttemptSpan.passing(headers);
    return new RequestSpan() {
      @Override
      public void routed(String id, String key, Choice choice) {}

      @Override
      public void admitted() {}

      @Override
      public AttemptSpan attempt(String target, Upstream.About about, Call call) {
        return attempt;
      }

      @Override
      public void ended(int status, String outcome, Optional<String> error) {}
    };
  }
}
