package dev.flotilla.bus.service;

import java.time.Duration;

/**
 * What an endpoint has done since it started.
 *
 * @param errors how many of the requests were refused or failed
 * @param lastError empty when there was none
 * @param processing time spent in the handler, in all
 */
public record EndpointStats(long requests, long errors, String lastError, Duration processing) {
  static final EndpointStats NONE = new EndpointStats(0, 0, "", Duration.ZERO);

  EndpointStats plus(Duration took) {
    return new EndpointStats(requests + 1, errors, lastError, processing.plus(took));
  }

  EndpointStats plusError(Duration took, int code, String message) {
    return new EndpointStats(requests + 1, errors + 1, code + ":" + message, processing.plus(took));
  }
}
