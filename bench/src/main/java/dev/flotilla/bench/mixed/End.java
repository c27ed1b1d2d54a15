package dev.flotilla.bench.mixed;

/** How one thing ended. */
enum End {
  ANSWERED("answered as it should be", false),
  TOLD("a clear error", false),
  CUT_BY_KILL("cut off while its service was killed", false),
  FORGOTTEN("gone with the memory of the service that was killed", false),
  CUT("cut off without a kill", true),
  WRONG("another answer than it should be", true),
  UNCLEAR("an error that is none of the API, or says not when to come again", true),
  HUNG("no end within its time", true),
  LOST("acknowledged and not there in the end", true),
  DOUBLED("done under two names", true);

  private final String words;
  private final boolean lost;

  End(String words, boolean lost) {
    this.words = words;
    this.lost = lost;
  }

  String words() {
    return words;
  }

  boolean lost() {
    return lost;
  }
}
