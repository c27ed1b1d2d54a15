package dev.flotilla.bus.embedded;

import java.nio.charset.StandardCharsets;

/** One subscription of one client. */
final class Subscriber {
  final Session session;
  final String subject;
  final String queue;
  final String sid;
  final byte[] sidBytes;

  /** Deliveries so far. */
  long delivered;

  /** Deliveries that end it; 0 for no end. */
  long max;

  Subscriber(Session session, String subject, String queue, String sid) {
    this.session = session;
    this.subject = subject;
    this.queue = queue;
    this.sid = sid;
    this.sidBytes = sid.getBytes(StandardCharsets.UTF_8);
  }
}
