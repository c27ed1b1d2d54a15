package dev.flotilla.assistant.upstream;

import java.net.URI;
import java.util.Optional;

/** Somebody who answers requests. Thread-safe. */
@FunctionalInterface
public interface Upstream {

  /**
   * Asks and waits for the answer, or for the head of a streamed one. Blocks; an interrupt ends it
   * and closes the connection to whoever was asked.
   *
   * @throws UpstreamException when there is no answer
   */
  Reply ask(Call call) throws UpstreamException;

  /** Whom one asks here, for those who look on. */
  default About about() {
    return About.OURS;
  }

  /**
   * Whom one asks.
   *
   * @param provider whose API it speaks, such as {@code openai}, by OpenTelemetry's names
   * @param model it is always asked for; empty when the request names it
   * @param server empty when it is in this process, or not known before it is asked
   */
  record About(String provider, Optional<String> model, Optional<URI> server) {
    /** In this process. */
    public static final About OURS = new About("flotilla", Optional.empty(), Optional.empty());
  }
}
