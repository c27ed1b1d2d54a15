package dev.flotilla.hub.registry;

import java.time.Duration;

/**
 * What can be configured.
 *
 * @param lease how long a registration holds that asks for no time of its own
 * @param longestLease what a registration may ask for at most
 * @param grace how long registrations hold at least after the registry started again
 * @param most how many registrations there may be at once
 */
public record RegistryConfig(Duration lease, Duration longestLease, Duration grace, int most) {
  public static final RegistryConfig DEFAULTS =
      new RegistryConfig(
          Registration.DEFAULT_LEASE, Duration.ofHours(1), Duration.ofSeconds(15), 10_000);
}
