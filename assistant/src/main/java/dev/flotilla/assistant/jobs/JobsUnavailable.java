package dev.flotilla.assistant.jobs;

/** Jobs cannot be written or read now; nothing was changed. */
public final class JobsUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  JobsUnavailable(String message) {
    super(message);
  }
}
