package dev.flotilla.kernel.failure;

/** An operation was not done, and the failure says why. Carries no stack: it is not a bug. */
public final class OperationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  public OperationException(Failure failure) {
    super(failure.sentence(), null, false, false);
    this.failure = failure;
  }

  public Failure failure() {
    return failure;
  }
}
