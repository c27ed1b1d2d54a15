package dev.flotilla.cli.plan.centre;

/**
 * Something the centre asks in its last line.
 *
 * @param about what is done with the answer
 * @param answer typed so far
 */
record Question(About about, String answer) {
  /** What is asked for. */
  enum About {
    CONFIDENCE("Confidence in percent (empty for none): "),
    REASON("Reason to reopen: "),
    DESCRIPTION("What is the new plan for? "),
    PHASE("Title of the new phase: "),
    NUMBER("Number: "),
    RUN("Run exactly what is shown? Type yes: "),
    CHECK("Run the gate's commands as shown? Type yes: ");

    private final String words;

    About(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  static Question of(About about) {
    return new Question(about, "");
  }
}
