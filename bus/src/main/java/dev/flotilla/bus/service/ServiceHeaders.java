package dev.flotilla.bus.service;

import dev.flotilla.bus.Message;
import java.util.Optional;

/** The headers by which services speak of errors. */
public final class ServiceHeaders {
  public static final String ERROR = "Nats-Service-Error";
  public static final String ERROR_CODE = "Nats-Service-Error-Code";

  private ServiceHeaders() {}

  /** The error an answer carries, if it carries one. */
  public static Optional<ServiceException> error(Message answer) {
    return answer
        .header(ERROR_CODE)
        .map(code -> new ServiceException(number(code), answer.header(ERROR).orElse("")));
  }

  /** Headers end at a line's end and carry ASCII: whatever else is in a message is replaced. */
  static String oneLine(String message) {
    return message.replaceAll("[\\r\\n]+", " ").replaceAll("[^\\x20-\\x7e]", "?");
  }

  private static int number(String code) {
    return code.matches("\\d{1,9}") ? Integer.parseInt(code) : 500;
  }
}
