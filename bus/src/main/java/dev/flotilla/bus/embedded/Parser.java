package dev.flotilla.bus.embedded;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the client's side of the protocol from bytes in pieces of any size. Does no I/O, and keeps
 * only what a piece leaves unfinished, never more than a control line and a payload.
 */
final class Parser {
  /** Told of each operation in turn; what it throws ends the parsing. */
  interface Handler {
    void connect(String json) throws ProtocolException;

    void ping() throws ProtocolException;

    void pong() throws ProtocolException;

    /** A PUB or HPUB line has come whose payload follows. */
    void announced(boolean withHeaders) throws ProtocolException;

    void publish(Publication publication) throws ProtocolException;

    /**
     * @param queue empty for none
     */
    void subscribe(String subject, String queue, String sid) throws ProtocolException;

    /**
     * @param max how many deliveries in all end the subscription; 0 for at once
     */
    void unsubscribe(String sid, long max) throws ProtocolException;
  }

  private static final byte[] NONE = {};
  private static final int FIRST_BODY = 4096;
  private static final int MAX_ARGUMENTS = 5;

  private final int maxControlLine;
  private final int maxPayload;
  private final Publication publication = new Publication();
  private final int[] starts = new int[MAX_ARGUMENTS];
  private final int[] ends = new int[MAX_ARGUMENTS];

  private byte[] partial = NONE;
  private int partialLength;
  private byte[] body = NONE;
  private int bodyLength;
  private boolean inBody;

  Parser(int maxControlLine, int maxPayload) {
    this.maxControlLine = maxControlLine;
    this.maxPayload = maxPayload;
  }

  /** Takes the bytes from {@code from} to before {@code to}; {@code in} may be used again after. */
  void feed(byte[] in, int from, int to, Handler handler) throws ProtocolException {
    int at = from;
    while (at < to) {
      at = inBody ? body(in, at, to, handler) : line(in, at, to, handler);
    }
  }

  /** Bytes held for what is unfinished. */
  int held() {
    return partial.length + body.length;
  }

  private int line(byte[] in, int from, int to, Handler handler) throws ProtocolException {
    int end = from;
    while (end < to && in[end] != '\n') {
      end++;
    }
    if (end == to) {
      keep(in, from, to);
      Verb.mustBegin(partial, 0, partialLength);
      return to;
    }
    if (partialLength == 0) {
      operation(in, from, end, handler);
    } else {
      keep(in, from, end);
      byte[] whole = partial;
      int length = partialLength;
      partial = NONE;
      partialLength = 0;
      operation(whole, 0, length, handler);
    }
    if (inBody && to - (end + 1) < publication.length + 2) {
      ownLine();
    }
    return end + 1;
  }

  private void keep(byte[] in, int from, int to) throws ProtocolException {
    int length = partialLength + to - from;
    if (length > maxControlLine + Verb.LONGEST) {
      throw ProtocolException.told(ProtocolException.MAX_LINE);
    }
    if (partial.length < length) {
      partial = Arrays.copyOf(partial, Math.max(length, Math.min(2 * length, maxControlLine)));
    }
    System.arraycopy(in, from, partial, partialLength, to - from);
    partialLength = length;
  }

  private void operation(byte[] in, int from, int lineEnd, Handler handler)
      throws ProtocolException {
    Verb verb = Verb.of(in, from, lineEnd);
    int end = lineEnd > from && in[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
    int arguments = Math.min(from + verb.length(), end);
    if (end - arguments - 1 > maxControlLine) {
      throw ProtocolException.told(ProtocolException.MAX_LINE);
    }
    switch (verb) {
      case PUB -> announce(in, arguments, end, false, handler);
      case HPUB -> announce(in, arguments, end, true, handler);
      case SUB -> {
        int count = split(in, arguments, end);
        require(count == 2 || count == 3, "SUB takes a subject, an optional queue and a sid");
        handler.subscribe(text(in, 0), count == 3 ? text(in, 1) : "", text(in, count == 3 ? 2 : 1));
      }
      case UNSUB -> {
        int count = split(in, arguments, end);
        require(count == 1 || count == 2, "UNSUB takes a sid and an optional maximum");
        handler.unsubscribe(text(in, 0), count == 2 ? Math.max(0, number(in, 1)) : 0);
      }
      case CONNECT ->
          handler.connect(
              new String(in, arguments, end - arguments, StandardCharsets.UTF_8).strip());
      case PING -> handler.ping();
      case PONG -> handler.pong();
      case OK, INFO -> {}
      case ERR -> throw ProtocolException.silent("the client reported an error");
    }
  }

  private void announce(byte[] in, int from, int end, boolean withHeaders, Handler handler)
      throws ProtocolException {
    handler.announced(withHeaders);
    int count = split(in, from, end);
    int sizes = withHeaders ? 2 : 1;
    require(
        count == sizes + 1 || count == sizes + 2,
        "a publication takes a subject, an optional reply and its sizes");
    long length = number(in, count - 1);
    long headerLength = withHeaders ? number(in, count - 2) : 0;
    require(
        length >= 0 && headerLength >= 0 && headerLength <= length,
        "a publication's sizes are numbers, the headers' not above the whole");
    if (length > maxPayload) {
      throw ProtocolException.told(ProtocolException.MAX_PAYLOAD);
    }
    boolean reply = count == sizes + 2;
    publication.line = in;
    publication.subjectFrom = starts[0];
    publication.subjectTo = ends[0];
    publication.replyFrom = reply ? starts[1] : 0;
    publication.replyTo = reply ? ends[1] : 0;
    publication.length = (int) length;
    publication.headerLength = (int) headerLength;
    bodyLength = 0;
    inBody = true;
  }

  /** The body will come in a later piece, so the line must outlive this one. */
  private void ownLine() {
    int from = publication.subjectFrom;
    int to = Math.max(publication.subjectTo, publication.replyTo);
    publication.line = Arrays.copyOfRange(publication.line, from, to);
    publication.subjectFrom = 0;
    publication.subjectTo -= from;
    if (publication.hasReply()) {
      publication.replyFrom -= from;
      publication.replyTo -= from;
    }
  }

  private int body(byte[] in, int from, int to, Handler handler) throws ProtocolException {
    int whole = publication.length + 2;
    if (bodyLength == 0 && to - from >= whole) {
      hand(in, from, handler);
      return from + whole;
    }
    int taken = Math.min(whole - bodyLength, to - from);
    int length = bodyLength + taken;
    if (body.length < length) {
      // Grows with what has arrived, not with what was announced.
      body = Arrays.copyOf(body, Math.min(whole, Math.max(FIRST_BODY, 2 * length)));
    }
    System.arraycopy(in, from, body, bodyLength, taken);
    bodyLength = length;
    if (length == whole) {
      byte[] arrived = body;
      body = NONE;
      hand(arrived, 0, handler);
    }
    return from + taken;
  }

  private void hand(byte[] buffer, int from, Handler handler) throws ProtocolException {
    int end = from + publication.length;
    if (buffer[end] != '\r' || buffer[end + 1] != '\n') {
      throw ProtocolException.told(ProtocolException.UNKNOWN);
    }
    inBody = false;
    publication.body = buffer;
    publication.bodyFrom = from;
    handler.publish(publication);
  }

  private int split(byte[] in, int from, int end) {
    int count = 0;
    int at = from;
    while (true) {
      while (at < end && blank(in[at])) {
        at++;
      }
      if (at == end || count == MAX_ARGUMENTS) {
        return count;
      }
      starts[count] = at;
      while (at < end && !blank(in[at])) {
        at++;
      }
      ends[count++] = at;
    }
  }

  private static boolean blank(byte b) {
    return b == ' ' || b == '\t';
  }

  private String text(byte[] in, int argument) {
    return new String(
        in, starts[argument], ends[argument] - starts[argument], StandardCharsets.UTF_8);
  }

  /** A number of at most nine digits; -1 for anything else. */
  private long number(byte[] in, int argument) {
    if (ends[argument] - starts[argument] > 9) {
      return -1;
    }
    long value = 0;
    for (int at = starts[argument]; at < ends[argument]; at++) {
      int digit = in[at] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private static void require(boolean holds, String rule) throws ProtocolException {
    if (!holds) {
      throw ProtocolException.silent(rule);
    }
  }
}
