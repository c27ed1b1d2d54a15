package dev.flotilla.bus.embedded;

/** A client broke the protocol or a limit; the connection ends after it has been told. */
final class ProtocolException extends Exception {
  private static final long serialVersionUID = 1L;

  static final String UNKNOWN = "Unknown Protocol Operation";
  static final String AUTHORIZATION = "Authorization Violation";
  static final String AUTH_TIMEOUT = "Authentication Timeout";
  static final String STALE = "Stale Connection";
  static final String SLOW = "Slow Consumer";
  static final String MAX_PAYLOAD = "Maximum Payload Violation";
  static final String MAX_LINE = "maximum control line exceeded";
  static final String MAX_CONNECTIONS = "maximum connections exceeded";
  static final String MAX_SUBSCRIPTIONS = "maximum subscriptions exceeded";
  static final String NO_HEADERS = "message headers not supported";
  static final String BAD_PROTOCOL = "invalid client protocol";
  static final String NO_RESPONDERS_NEEDS_HEADERS = "no responders requires headers support";

  private final boolean told;

  private ProtocolException(String message, boolean told) {
    super(message, null, false, false);
    this.told = told;
  }

  /** The client reads the message as {@code -ERR} before the end. */
  static ProtocolException told(String message) {
    return new ProtocolException(message, true);
  }

  /** The connection just ends, as nats-server does it for malformed arguments. */
  static ProtocolException silent(String message) {
    return new ProtocolException(message, false);
  }

  boolean told() {
    return told;
  }
}
