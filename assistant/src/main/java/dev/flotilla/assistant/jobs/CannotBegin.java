package dev.flotilla.assistant.jobs;

/** Work that could never begin was not taken on. */
public final class CannotBegin extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CannotBegin(String message) {
    super(message, null, false, false);
  }
}
