package dev.flotilla.node.probe;

import dev.flotilla.model.Probe;
import dev.flotilla.node.core.ProbeHistory.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One GET on a plain socket: a new connection, the status, at most {@value #MOST_BYTES} bytes of
 * the answer. Redirects are not followed.
 */
final class HttpCheck {
  static final int MOST_BYTES = 64 * 1024;

  private static final byte[] NOTHING = {};
  private static final int HEAD_BYTES = 2048;
  private static final Pattern LENGTH =
      Pattern.compile("\r\ncontent-length: *(\\d{1,12})\r", Pattern.CASE_INSENSITIVE);

  private HttpCheck() {}

  static Answer ask(Probe.Http check, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    try (Socket socket = new Socket()) {
      socket.setTcpNoDelay(true);
      socket.connect(
          new InetSocketAddress(InetAddress.getByName(check.host()), check.port()),
          millisUntil(deadline));
      socket.getOutputStream().write(request(check));
      return read(socket, deadline);
    } catch (SocketTimeoutException e) {
      return Answer.failed(
          "no answer from %s within %d ms".formatted(place(check), timeout.toMillis()));
    } catch (IOException e) {
      return Answer.failed("%s: %s".formatted(place(check), reason(e)));
    }
  }

  /**
   * Reads until the answer is whole, so that the agent can send it in peace; servers that keep the
   * connection open are not waited for. Once the head is there, a slow rest does not matter.
   */
  private static Answer read(Socket socket, long deadline) throws IOException {
    byte[] head = new byte[HEAD_BYTES];
    byte[] bin = NOTHING;
    int filled = 0;
    int total = 0;
    long whole = MOST_BYTES;
    InputStream in = socket.getInputStream();
    try {
      while (total < whole) {
        socket.setSoTimeout(millisUntil(deadline));
        int read;
        if (filled < head.length) {
          read = in.read(head, filled, head.length - filled);
          filled += Math.max(0, read);
          whole = Math.min(MOST_BYTES, whole(head, filled));
        } else {
          bin = bin.length == 0 ? new byte[4096] : bin;
          read = in.read(bin);
        }
        if (read < 0) {
          break;
        }
        total += read;
      }
    } catch (SocketTimeoutException e) {
      if (headEnd(text(head, filled)) < 0) {
        throw e;
      }
    }
    return verdict(text(head, filled));
  }

  private static String text(byte[] head, int filled) {
    return new String(head, 0, filled, StandardCharsets.ISO_8859_1);
  }

  private static int headEnd(String text) {
    int end = text.indexOf("\r\n\r\n");
    return end < 0 ? -1 : end + 4;
  }

  /** Bytes of the whole answer as its head says, or no limit. */
  private static long whole(byte[] head, int filled) {
    String text = text(head, filled);
    int end = headEnd(text);
    if (end < 0) {
      return Long.MAX_VALUE;
    }
    Matcher length = LENGTH.matcher(text.substring(0, end));
    if (length.find()) {
      return end + Long.parseLong(length.group(1));
    }
    return text.endsWith("\r\n0\r\n\r\n") || text.startsWith("204", 9) ? filled : Long.MAX_VALUE;
  }

  private static byte[] request(Probe.Http check) {
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

  static int millisUntil(long deadline) throws SocketTimeoutException {
    long left = (deadline - System.nanoTime()) / 1_000_000;
    if (left <= 0) {
      throw new SocketTimeoutException();
    }
    return (int) Math.min(Integer.MAX_VALUE, left);
  }

  static String reason(IOException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("refused")
        ? "nobody listens"
        : message.contains("reset") ? "the connection was reset" : message;
  }

  private static String place(Probe.Http check) {
    return "http://" + check.host() + ":" + check.port() + check.path();
  }
}
