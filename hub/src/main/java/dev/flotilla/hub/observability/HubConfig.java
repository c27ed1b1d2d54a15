package dev.flotilla.hub.observability;

import java.time.Duration;

/**
 * What can be configured.
 *
 * @param sampleInterval how often memory and processor time are read at most
 */
public record HubConfig(Duration sampleInterval) {
  public static final HubConfig DEFAULTS = new HubConfig(Duration.ofSeconds(3));
}
