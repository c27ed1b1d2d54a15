package dev.flotilla.plan;

/** The words for the state of a plan. A file may state others; they are kept as they stand. */
public final class Status {
  public static final String NEW = "created";
  public static final String IN_PROGRESS = "in_progress";
  public static final String INTERRUPTED = "interrupted";
  public static final String COMPLETED = "completed";
  public static final String DELETED = "deleted";

  private Status() {}

  /** Whether there is still something to do. */
  public static boolean open(String status) {
    return switch (status) {
      case COMPLETED, DELETED, "done", "cancelled", "archived" -> false;
      default -> true;
    };
  }
}
