package dev.flotilla.bus.embedded;

/** The first word of a client's line; letters of either case. */
enum Verb {
  PUB(true),
  HPUB(true),
  SUB(true),
  UNSUB(true),
  CONNECT(false),
  PING(false),
  PONG(false),
  INFO(false),
  OK("+OK"),
  ERR("-ERR");

  /** Length of the longest word, with the blank behind it. */
  static final int LONGEST = 8;

  private static final Verb[] ALL = values();

  private final String word;
  private final boolean blankFollows;

  Verb(boolean blankFollows) {
    this.word = name();
    this.blankFollows = blankFollows;
  }

  Verb(String word) {
    this.word = word;
    this.blankFollows = false;
  }

  int length() {
    return word.length();
  }

  /** The word a whole line begins with. */
  static Verb of(byte[] in, int from, int end) throws ProtocolException {
    for (Verb verb : ALL) {
      int least = verb.blankFollows ? verb.word.length() + 1 : verb.word.length();
      if (end - from >= least && verb.agrees(in, from, end)) {
        return verb;
      }
    }
    throw ProtocolException.told(ProtocolException.UNKNOWN);
  }

  /** Refuses the beginning of a line that can no longer become one of the words. */
  static void mustBegin(byte[] in, int from, int end) throws ProtocolException {
    for (Verb verb : ALL) {
      if (verb.agrees(in, from, end)) {
        return;
      }
    }
    throw ProtocolException.told(ProtocolException.UNKNOWN);
  }

  private boolean agrees(byte[] in, int from, int end) {
    int length = Math.min(word.length(), end - from);
    for (int i = 0; i < length; i++) {
      if (upper(in[from + i]) != word.charAt(i)) {
        return false;
      }
    }
    if (!blankFollows || end - from <= word.length()) {
      return true;
    }
    byte next = in[from + word.length()];
    return next == ' ' || next == '\t';
  }

  private static int upper(byte b) {
    return b >= 'a' && b <= 'z' ? b - 'a' + 'A' : b;
  }
}
