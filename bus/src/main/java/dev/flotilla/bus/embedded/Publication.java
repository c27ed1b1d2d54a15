package dev.flotilla.bus.embedded;

import java.nio.charset.StandardCharsets;

/**
 * A published message as the parser sees it: a view on its buffers, valid only during the call that
 * hands it over, and used again for the next one.
 */
final class Publication {
  private static final byte[] NONE = {};

  byte[] line = NONE;
  int subjectFrom;
  int subjectTo;
  int replyFrom;
  int replyTo;

  byte[] body = NONE;
  int bodyFrom;

  /** Bytes of the body that are headers; 0 for a message without. */
  int headerLength;

  /** Bytes of the body in all. */
  int length;

  String subject() {
    return new String(line, subjectFrom, subjectTo - subjectFrom, StandardCharsets.UTF_8);
  }

  boolean hasReply() {
    return replyTo > replyFrom;
  }

  String reply() {
    return new String(line, replyFrom, replyTo - replyFrom, StandardCharsets.UTF_8);
  }
}
