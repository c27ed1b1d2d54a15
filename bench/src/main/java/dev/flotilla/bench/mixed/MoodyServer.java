package dev.flotilla.bench.mixed;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server of models that says the number in the question after itself, and, where it is moody,
 * fails in every third request in one of the ways servers fail. Thread-safe.
 */
final class MoodyServer implements AutoCloseable {
  private static final Pattern NUMBER = Pattern.compile("number (\\d+)");
  private static final int PIECES = 8;

  private final ServerSocket server;
  private final Random random;
  private final boolean moody;
  private final AtomicInteger open = new AtomicInteger();

  /** What it does instead of an answer. */
  private enum Mood {
    TOO_MANY,
    FAULT,
    BUSY,
    GARBAGE,
    SILENT,
    CUT,
    HALF_A_STREAM,
    HALF_A_CHARACTER
  }

  MoodyServer(Random random, boolean moody) throws IOException {
    this.random = random;
    this.moody = moody;
    server = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Requests it is at now. */
  int open() {
    return open.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      for (String body = request(in); !body.isEmpty(); body = request(in)) {
        open.incrementAndGet();
        try {
          if (moody && random.nextInt(3) == 0) {
            if (!fail(Mood.values()[random.nextInt(Mood.values().length)], in, out)) {
              return;
            }
          } else {
            answer(body, out);
          }
        } finally {
          open.decrementAndGet();
        }
      }
    } catch (IOException gone) {
      return;
    }
  }

  /** Whether the connection still stands afterwards. */
  private static boolean fail(Mood mood, InputStream in, OutputStream out) throws IOException {
    switch (mood) {
      case TOO_MANY ->
          send(out, 429, "Retry-After: 1\r\n", "{\"error\":{\"message\":\"slow down\"}}");
      case FAULT -> send(out, 500, "", "{\"error\":{\"message\":\"a fault\"}}");
      case BUSY -> send(out, 503, "", "{\"error\":{\"message\":\"busy\"}}");
      case GARBAGE -> send(out, 200, "", "<html>hello</html>");
      case SILENT -> {
        int never = in.read();
        return never >= 0;
      }
      case CUT -> {
        return false;
      }
      case HALF_A_STREAM -> {
        out.write(head());
        out.write(event(delta("half ")));
        return false;
      }
      case HALF_A_CHARACTER -> {
        out.write(head());
        byte[] half = "data: \"ä".getBytes(StandardCharsets.UTF_8);
        out.write((Integer.toHexString(half.length - 1) + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.write(half, 0, half.length - 1);
        return false;
      }
    }
    return true;
  }

  private static void answer(String body, OutputStream out) throws IOException {
    Matcher number = NUMBER.matcher(body);
    String said = number.find() ? number.group(1) : "none";
    if (!body.contains("\"stream\":true")) {
      send(
          out,
          200,
          "",
          """
          {"id":"c","object":"chat.completion","created":1,"model":"moody","choices":[{"index":0,\
          "message":{"role":"assistant","content":"%s"},"finish_reason":"stop"}],\
          "usage":{"prompt_tokens":5,"completion_tokens":3,"total_tokens":8}}\
          """
              .formatted(said));
      return;
    }
    out.write(head());
    for (int i = 0; i < PIECES; i++) {
      out.write(event(delta(i == 0 ? said : ".")));
      out.flush();
    }
    out.write(
        event(
            "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"moody\","
                + "\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}"));
    out.write(event("[DONE]"));
    out.write("0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** What the answer to a streamed number is. */
  static String streamed(long number) {
    return number + ".".repeat(PIECES - 1);
  }

  private static void send(OutputStream out, int status, String headers, String body)
      throws IOException {
    out.write(
        "HTTP/1.1 %d X\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n%s"
            .formatted(status, headers, body.length(), body)
            .getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static byte[] head() {
    return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String delta(String text) {
    return "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"moody\","
        + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
        + text
        + "\"},\"finish_reason\":null}]}";
  }

  private static byte[] event(String data) {
    String text = "data: " + data + "\n\n";
    return (Integer.toHexString(text.length()) + "\r\n" + text + "\r\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The body of the next request; empty at the end. */
  private static String request(InputStream in) throws IOException {
    int length = 0;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(15).strip());
      }
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder(64);
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
