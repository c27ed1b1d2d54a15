package dev.flotilla.assistant.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.assistant.router.Attempts;
import java.time.Duration;
import java.util.Optional;

/** There is no answer, or the rest of it will not come. */
public final class UpstreamException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Attempts.Failure failure;
  private final int status;
  private final transient Optional<Duration> retryAfter;
  private final transient Optional<JsonNode> error;

  /**
   * @param status of HTTP; 0 when there was none
   * @param error what the target said, in the shape of OpenAI's API
   */
  public UpstreamException(
      Attempts.Failure failure,
      int status,
      String message,
      Optional<Duration> retryAfter,
      Optional<JsonNode> error) {
    super(message);
    this.failure = failure;
    this.status = status;
    this.retryAfter = retryAfter;
    this.error = error;
  }

  static UpstreamException broken(String message) {
    return new UpstreamException(
        Attempts.Failure.BROKEN, 0, message, Optional.empty(), Optional.empty());
  }

  static UpstreamException passing(String message) {
    return new UpstreamException(
        Attempts.Failure.PASSING, 0, message, Optional.empty(), Optional.empty());
  }

  static UpstreamException cut(String message) {
    return new UpstreamException(
        Attempts.Failure.CUT, 0, message, Optional.empty(), Optional.empty());
  }

  static UpstreamException away(String message) {
    return new UpstreamException(
        Attempts.Failure.AWAY, 0, message, Optional.empty(), Optional.empty());
  }

  /** The target cannot do this at all. */
  public static UpstreamException unable(String message) {
    return new UpstreamException(
        Attempts.Failure.REFUSED, 0, message, Optional.empty(), Optional.empty());
  }

  public Attempts.Failure failure() {
    return failure;
  }

  public int status() {
    return status;
  }

  public Optional<Duration> retryAfter() {
    return retryAfter;
  }

  public Optional<JsonNode> error() {
    return error;
  }

  /** What went wrong, in words; never null. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
