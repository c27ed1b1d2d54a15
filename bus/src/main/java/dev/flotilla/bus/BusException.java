package dev.flotilla.bus;

/** A message could not be sent or got no answer; the reason says which. */
public final class BusException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What went wrong. */
  public enum Reason {
    NO_RESPONDERS,
    TIMEOUT,
    DISCONNECTED,
    TOO_LARGE,
    REFUSED
  }

  private final Reason reason;

  public BusException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public BusException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
