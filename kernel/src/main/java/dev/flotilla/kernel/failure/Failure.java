package dev.flotilla.kernel.failure;

import java.util.Locale;
import java.util.Optional;

/**
 * Why an operation was not done, in words that help the caller; the same on the bus, over HTTP and
 * in Java.
 *
 * @param field which part of the request, such as {@code ports[0].name}, when one part is at fault
 * @param found what is there
 * @param expected what should be
 * @param advice what to do
 */
public record Failure(
    Kind kind, Optional<String> field, String found, String expected, String advice) {

  /** What went wrong; decides the HTTP status and the code on the bus, which are the same. */
  public enum Kind {
    BAD_REQUEST(400),
    UNAUTHORISED(401),
    FORBIDDEN(403),
    NOT_FOUND(404),
    CONFLICT(409),
    TOO_LARGE(413),
    UNSUPPORTED_TYPE(415),
    INTERNAL(500),
    UNAVAILABLE(503),
    DEADLINE_EXCEEDED(504);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    /** HTTP status and {@code Nats-Service-Error-Code}. */
    public int code() {
      return code;
    }

    /** As in JSON and metrics: {@code bad-request}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the caller is at fault; such failures say nothing about the target's health. */
    public boolean ofCaller() {
      return code < 500;
    }

    /** The kind with this code, else the general kind of its hundred. */
    public static Kind ofCode(int code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      return code >= 400 && code < 500 ? BAD_REQUEST : INTERNAL;
    }
  }

  public static Failure badRequest(String field, String found, String expected, String advice) {
    return new Failure(Kind.BAD_REQUEST, Optional.of(field), found, expected, advice);
  }

  public static Failure notFound(String found, String expected, String advice) {
    return of(Kind.NOT_FOUND, found, expected, advice);
  }

  public static Failure conflict(String found, String expected, String advice) {
    return of(Kind.CONFLICT, found, expected, advice);
  }

  public static Failure unavailable(String found, String expected, String advice) {
    return of(Kind.UNAVAILABLE, found, expected, advice);
  }

  public static Failure of(Kind kind, String found, String expected, String advice) {
    return new Failure(kind, Optional.empty(), found, expected, advice);
  }

  /** To be thrown. */
  public OperationException exception() {
    return new OperationException(this);
  }

  /** One line for people: {@code found; expected …; advice}. */
  public String sentence() {
    StringBuilder text = new StringBuilder();
    field.ifPresent(name -> text.append(name).append(": "));
    text.append(found);
    if (!expected.isEmpty()) {
      text.append("; expected ").append(expected);
    }
    if (!advice.isEmpty()) {
      text.append("; ").append(advice);
    }
    return text.toString();
  }
}
