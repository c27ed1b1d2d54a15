package dev.flotilla.assistant.upstream;

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
}
