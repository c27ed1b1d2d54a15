package dev.flotilla.bus.embedded;

/**
 * The server at one moment; counts are since its start.
 *
 * @param connections open now
 * @param connectionsTotal opened so far
 * @param subscriptions of all clients now
 * @param messagesIn published
 * @param messagesOut delivered
 * @param pendingBytes waiting to be written now
 * @param slowConsumers clients cut off because they did not read
 */
public record ServerStats(
    int connections,
    long connectionsTotal,
    int subscriptions,
    long messagesIn,
    long messagesOut,
    long pendingBytes,
    long slowConsumers) {}
