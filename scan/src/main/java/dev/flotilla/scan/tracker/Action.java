package dev.flotilla.scan.tracker;

/** One thing to do in a tracker. */
public sealed interface Action {
  /** The title of the issue that it is about. */
  String title();

  /** A new issue. */
  record Open(Ticket ticket) implements Action {
    @Override
    public String title() {
      return ticket.title();
    }

    /** What stands in the new issue. */
    public String body() {
      return Marker.of(ticket).into("");
    }
  }

  /**
   * Other words in an issue.
   *
   * @param reopen whether it was closed, and its finding has come back
   */
  record Update(int number, String title, String body, boolean reopen) implements Action {}

  /**
   * An issue whose finding has gone.
   *
   * @param twin the issue that says the same; 0 when there is none
   */
  record Close(int number, String title, String body, int twin) implements Action {}
}
