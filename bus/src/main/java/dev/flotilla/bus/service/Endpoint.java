package dev.flotilla.bus.service;

import dev.flotilla.bus.Message;
import java.util.Map;

/**
 * One operation of a service.
 *
 * @param name unique in the service
 * @param subject where requests arrive
 * @param queue instances with the same queue share the requests
 * @param metadata shown to whoever asks
 * @param concurrency how many requests are worked on at once; more wait, from 1
 * @param handler called on a virtual thread for each request
 */
public record Endpoint(
    String name,
    String subject,
    String queue,
    Map<String, String> metadata,
    int concurrency,
    Handler handler) {

  /** Enough for handlers that wait for others, and few enough to bound memory. */
  public static final int DEFAULT_CONCURRENCY = 256;

  public Endpoint {
    metadata = Map.copyOf(metadata);
    if (concurrency < 1) {
      throw new IllegalArgumentException(
          "concurrency of endpoint " + name + " is " + concurrency + ", expected 1 or more");
    }
  }

  public static Endpoint of(String name, String subject, String queue, Handler handler) {
    return new Endpoint(name, subject, queue, Map.of(), DEFAULT_CONCURRENCY, handler);
  }

  /** Answers a request. */
  @FunctionalInterface
  public interface Handler {
    /**
     * @throws ServiceException to refuse with a code; any other exception answers 500
     */
    Answer answer(Message request);
  }
}
