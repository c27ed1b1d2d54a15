package dev.flotilla.assistant.jobs;

/** There is no job of this name. */
public final class UnknownJob extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnknownJob(String id) {
    super("there is no job " + id, null, false, false);
  }
}
