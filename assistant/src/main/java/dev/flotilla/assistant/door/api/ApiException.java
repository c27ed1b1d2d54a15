package dev.flotilla.assistant.door.api;

/** Ends a request with an error. */
public final class ApiException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient ApiError error;

  ApiException(ApiError error) {
    super(error.message());
    this.error = error;
  }

  public ApiError error() {
    return error;
  }
}
