package dev.flotilla.hub.registry;

import java.time.Duration;
import java.time.Instant;

/**
 * A registration that holds.
 *
 * @param registeredAt when it was made
 * @param renewedAt when it last gave a sign of life
 * @param expiresAt from this moment on it counts as gone
 */
public record Entry(
    Registration registration, Instant registeredAt, Instant renewedAt, Instant expiresAt) {

  static Entry made(Registration registration, Instant now) {
    return new Entry(registration, now, now, now.plus(registration.lease()));
  }

  Entry renewed(Instant now) {
    return new Entry(registration, registeredAt, now, now.plus(registration.lease()));
  }

  /** With at least the given time left. */
  Entry withGrace(Instant now, Duration grace) {
    Instant until = now.plus(grace.compareTo(registration.lease()) > 0 ? grace : lease());
    return new Entry(registration, registeredAt, renewedAt, until);
  }

  boolean livesAt(Instant now) {
    return now.isBefore(expiresAt);
  }

  private Duration lease() {
    return registration.lease();
  }

  /** The owner in words: {@code MemoryAgent@pc1 (instance r7, 127.0.0.1:7140)}. */
  String described() {
    String port = registration.ports().values().stream().findFirst().map(p -> ":" + p).orElse("");
    return "%s (instance %s, %s%s)"
        .formatted(registration.owner(), registration.instance(), registration.address(), port);
  }
}
