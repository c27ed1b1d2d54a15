package dev.flotilla.bus.service;

/** An endpoint refuses or fails; the caller reads code and message from the answer's headers. */
public final class ServiceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;

  /**
   * @param code as in HTTP: 400 for a bad request, 404, 409, 500 …
   */
  public ServiceException(int code, String message) {
    super(message);
    this.code = code;
  }

  public int code() {
    return code;
  }
}
