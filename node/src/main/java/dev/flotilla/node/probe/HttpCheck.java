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

/**
 * One GET on a plain socket: a new connection, the status, at most {@value #MOST_BYTES} bytes of
 * the answer. Redirects are not followed.
 */
final class HttpCheck {
  static final int MOST_BYTES = 64 * 1024;

  private static final byte[] NOTHING = {};

  private HttpCheck() {}

  static Answer ask(Probe.Http check, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    try (Socket socket = new Socket()) {
      socket.setTcpNoDelay(true);
      socket.connect(
          new InetSocketAddress(InetAddress.getByName(check.host()), check.port()),
          millisUntil(deadline));
      socket.getOutputStream().write(request(check));
      byte[] head = new byte[1024];
      byte[] bin = NOTHING;
      int filled = 0;
      int total = 0;
      InputStream in = socket.getInputStream();
      while (total < MOST_BYTES) {
        socket.setSoTimeout(millisUntil(deadline));
        int read;
        if (filled < head.length) {
          read = in.read(head, filled, head.length - filled);
          filled += Math.max(0, read);
        } else {
          bin = bin.length == 0 ? new byte[4096] : bin;
          read = in.read(bin);
        }
        if (read < 0) {
          break;
        }
        total += read;
      }
      return verdict(new String(head, 0, filled, StandardCharsets.ISO_8859_1));
    } catch (SocketTimeoutException e) {
      return Answer.failed(
          "no answer from %s within %d ms".formatted(place(check), timeout.toMillis()));
    } catch (IOException e) {
      return Answer.failed("%s: %s".formatted(place(check), reason(e)));
    }
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
