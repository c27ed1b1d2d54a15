package dev.flotilla.model;

import java.util.Optional;

/**
 * A NATS server in place of the embedded one.
 *
 * @param url such as {@code nats://127.0.0.1:4222} or {@code tls://…}
 * @param credentialsFile file with mode 0600 that holds a token, {@code user:password} or an nkey
 *     seed
 */
public record BusSettings(String url, Optional<String> credentialsFile) {}
