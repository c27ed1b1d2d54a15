package dev.flotilla.node.probe;

import dev.flotilla.model.Probe;
import dev.flotilla.node.core.ProbeHistory.Answer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One GET on a new connection: the status, at most {@value #MOST_BYTES} bytes of the answer.
 * Redirects are not followed. It reads until the answer is whole, so that the agent can send it in
 * peace; servers that keep the connection open are not waited for. Once the head is there, a slow
 * rest does not matter.
 */
final class HttpTalk implements Talk<Answer> {
  static final int MOST_BYTES = 64 * 1024;

  private static final int HEAD_BYTES = 2048;
  private static final Pattern LENGTH =
      Pattern.compile("\r\ncontent-length: *(\\d{1,12})\r", Pattern.CASE_INSENSITIVE);

  private final Probe.Http check;
  private final Duration timeout;
  private final ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
  private ByteBuffer bin = ByteBuffer.allocate(0);
  private long total;
  private long whole = MOST_BYTES;

  HttpTalk(Probe.Http check, Duration timeout) {
    this.check = check;
    this.timeout = timeout;
  }

  @Override
  public Optional<Answer> connected(SocketChannel channel) throws IOException {
    ByteBuffer request = ByteBuffer.wrap(request());
    while (request.hasRemaining()) {
      if (channel.write(request) == 0) {
        return Optional.of(Answer.failed(place() + " takes no request"));
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<Answer> readable(SocketChannel channel) throws IOException {
    while (total < whole) {
      boolean inHead = head.hasRemaining();
      int read = channel.read(inHead ? head : bin());
      if (read < 0) {
        return Optional.of(verdict(text()));
      }
      if (read == 0) {
        return Optional.empty();
      }
      total += read;
      if (inHead) {
        whole = Math.min(MOST_BYTES, wholeLength());
      }
    }
    return Optional.of(verdict(text()));
  }

  /** Room for what is read and not looked at. */
  private ByteBuffer bin() {
    if (bin.capacity() == 0) {
      bin = ByteBuffer.allocate(HEAD_BYTES);
    }
    return bin.clear();
  }

  @Override
  public Answer late() {
    return headEnd(text()) >= 0
        ? verdict(text())
        : Answer.failed("no answer from %s within %d ms".formatted(place(), timeout.toMillis()));
  }

  @Override
  public Answer failed(IOException e) {
    return Answer.failed("%s: %s".formatted(place(), reason(e)));
  }

  private String text() {
    return new String(head.array(), 0, head.position(), StandardCharsets.ISO_8859_1);
  }

  private static int headEnd(String text) {
    int end = text.indexOf("\r\n\r\n");
    return end < 0 ? -1 : end + 4;
  }

  /** Bytes of the whole answer as its head says, or no limit. */
  private long wholeLength() {
    String text = text();
    int end = headEnd(text);
    if (end < 0) {
      return Long.MAX_VALUE;
    }
    Matcher length = LENGTH.matcher(text.substring(0, end));
    if (length.find()) {
      return end + Long.parseLong(length.group(1));
    }
    return text.endsWith("\r\n0\r\n\r\n") || text.startsWith("204", 9)
        ? text.length()
        : Long.MAX_VALUE;
  }

  private byte[] request() {
    String text =
        "GET "
            + check.path()
            + " HTTP/1.1\r\nHost: "
            + check.host()
            + ":"
            + check.port()
            + "\r\nUser-Agent: flotilla\r\nAccept: */*\r\nConnection: close\r\n\r\n";
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Reads the status off the beginning of an answer. */
  static Answer verdict(String head) {
    if (head.startsWith("HTTP/1.1 2") || head.startsWith("HTTP/1.0 2")) {
      return Answer.OK;
    }
    int end = head.indexOf('\n');
    String line = (end < 0 ? head : head.substring(0, end)).strip();
    String[] words = line.split(" ", 3);
    if (!line.startsWith("HTTP/") || words.length < 2 || !words[1].matches("[1-5]\\d\\d")) {
      return Answer.failed(
          line.isEmpty() ? "the connection was closed without an answer" : "answered no HTTP");
    }
    return words[1].startsWith("2")
        ? Answer.OK
        : Answer.failed("answered %s, expected 2xx%s".formatted(words[1], body(head)));
  }

  private static String body(String head) {
    int blank = head.indexOf("\r\n\r\n");
    if (blank < 0) {
      return "";
    }
    String text = head.substring(blank + 4).strip().replaceAll("[^\\x20-\\x7e]+", " ");
    return text.isEmpty() ? "" : ": " + (text.length() > 120 ? text.substring(0, 120) + "…" : text);
  }

  static String reason(IOException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("refused")
        ? "nobody listens"
        : message.contains("reset") ? "the connection was reset" : message;
  }

  private String place() {
    return "http://" + check.host() + ":" + check.port() + check.path();
  }
}
