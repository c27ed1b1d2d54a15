package dev.flotilla.bus.embedded;

import java.time.Duration;

/**
 * What one client may ask of the server, so that it cannot harm the others.
 *
 * @param maxPayload largest message with its headers, in bytes
 * @param maxControlLine longest protocol line, in bytes
 * @param maxConnections clients at once
 * @param maxSubscriptions of one client
 * @param maxPending bytes that may wait for one client before it is cut off as a slow consumer
 * @param maxPendingTotal bytes that may wait for all clients together; beyond, the slowest goes
 * @param pingInterval silence after which the server asks whether a client is still there
 * @param maxPingsOut questions without an answer after which the client is gone
 * @param authTimeout time to prove oneself
 * @param writeTimeout time a client may leave what waits for it unread
 */
public record Limits(
    int maxPayload,
    int maxControlLine,
    int maxConnections,
    int maxSubscriptions,
    long maxPending,
    long maxPendingTotal,
    Duration pingInterval,
    int maxPingsOut,
    Duration authTimeout,
    Duration writeTimeout) {

  private static final int MIB = 1 << 20;

  /** Those of nats-server, with less memory for slow consumers. */
  public static Limits standard() {
    return new Limits(
        MIB,
        4096,
        4096,
        65_536,
        16L * MIB,
        64L * MIB,
        Duration.ofMinutes(2),
        2,
        Duration.ofSeconds(2),
        Duration.ofSeconds(10));
  }

  /**
   * Those of {@link #standard}, with so much less for slow consumers that they fit an eighth of the
   * heap.
   *
   * @param heap largest size of the heap, in bytes
   */
  public static Limits fitting(long heap) {
    Limits standard = standard();
    long total = Math.clamp(heap / 8, 4L * MIB, standard.maxPendingTotal);
    return standard.withMaxPending(Math.min(standard.maxPending, total / 2), total);
  }

  public Limits withMaxPayload(int bytes) {
    return new Limits(
        bytes,
        maxControlLine,
        maxConnections,
        maxSubscriptions,
        maxPending,
        maxPendingTotal,
        pingInterval,
        maxPingsOut,
        authTimeout,
        writeTimeout);
  }

  public Limits withMaxControlLine(int bytes) {
    return new Limits(
        maxPayload,
        bytes,
        maxConnections,
        maxSubscriptions,
        maxPending,
        maxPendingTotal,
        pingInterval,
        maxPingsOut,
        authTimeout,
        writeTimeout);
  }

  public Limits withMaxPending(long bytes, long bytesOfAll) {
    return new Limits(
        maxPayload,
        maxControlLine,
        maxConnections,
        maxSubscriptions,
        bytes,
        bytesOfAll,
        pingInterval,
        maxPingsOut,
        authTimeout,
        writeTimeout);
  }

  public Limits withClients(int connections, int subscriptions) {
    return new Limits(
        maxPayload,
        maxControlLine,
        connections,
        subscriptions,
        maxPending,
        maxPendingTotal,
        pingInterval,
        maxPingsOut,
        authTimeout,
        writeTimeout);
  }

  public Limits withTimes(Duration ping, int pingsOut, Duration auth, Duration write) {
    return new Limits(
        maxPayload,
        maxControlLine,
        maxConnections,
        maxSubscriptions,
        maxPending,
        maxPendingTotal,
        ping,
        pingsOut,
        auth,
        write);
  }
}
