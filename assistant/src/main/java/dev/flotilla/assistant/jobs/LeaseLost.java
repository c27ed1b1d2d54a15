package dev.flotilla.assistant.jobs;

/** A worker spoke of a job that it holds no longer, so that what it said was not taken. */
public final class LeaseLost extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LeaseLost(String message) {
    super(message, null, false, false);
  }
}
