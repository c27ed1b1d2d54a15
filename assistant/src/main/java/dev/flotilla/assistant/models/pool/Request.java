package dev.flotilla.assistant.models.pool;

import java.time.Duration;

/**
 * Somebody wants a model.
 *
 * @param number tells requests apart; lower is older
 * @param holder who wants it: among requests of one model and priority holders take turns
 * @param priority larger goes first among equals of age and model
 * @param ttl how long the lease stands unless renewed
 */
public record Request(long number, String model, String holder, int priority, Duration ttl) {}
