package dev.flotilla.bench.gateway;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A server of models that answers at once. What the last message asks for decides: {@code stream}
 * gives events, {@code hold} one event and then nothing until the client leaves, {@code tool} a
 * tool call, {@code limit} a 429, anything else a sentence.
 */
final class Mock implements AutoCloseable {
  static final int EVENTS = 20;

  private static final byte[] WHOLE =
      answer(
          "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"mock\","
              + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"The"
              + " quick brown fox jumps over the lazy dog.\"},\"finish_reason\":\"stop\"}],"
              + "\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":10,\"total_tokens\":22}}");
  private static final byte[] TOOL =
      answer(
          "{\"id\":\"chatcmpl-2\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"mock\","
              + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":null,"
              + "\"tool_calls\":[{\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":"
              + "\"look\",\"arguments\":\"{}\"}}]},\"finish_reason\":\"tool_calls\"}],"
              + "\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":10,\"total_tokens\":22}}");
  private static final byte[] LIMIT =
      "HTTP/1.1 429 Too Many Requests\r\nContent-Type: application/json\r\nContent-Length: 44\r\n\r\n{\"error\":{\"message\":\"slow\",\"type\":\"rate_x\"}}"
          .getBytes(StandardCharsets.UTF_8);

  private final ServerSocket server;
  private final AtomicInteger held = new AtomicInteger();
  private final AtomicLong lastCut = new AtomicLong();

  Mock() throws IOException {
    server = new ServerSocket(0, 4096, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Streams that are held open now. */
  int held() {
    return held.get();
  }

  /** When a held stream was last cut by its client, as {@link System#nanoTime}. */
  long lastCut() {
    return lastCut.get();
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
      InputStream in = new BufferedInputStream(socket.getInputStream(), 4096);
      OutputStream out = socket.getOutputStream();
      for (String body = request(in); !body.isEmpty(); body = request(in)) {
        if (body.contains("please stream")) {
          stream(out);
        } else if (body.contains("please hold")) {
          hold(in, out);
          return;
        } else {
          out.write(
              body.contains("please tool") ? TOOL : body.contains("please limit") ? LIMIT : WHOLE);
        }
        out.flush();
      }
    } catch (IOException gone) {
      return;
    }
  }

  private static void stream(OutputStream out) throws IOException {
    out.write(head());
    for (int i = 0; i < EVENTS; i++) {
      out.write(event(delta("word" + i + " ", "null")));
      out.flush();
    }
    out.write(event(delta("", "\"stop\"")));
    out.write(
        event(
            "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"mock\","
                + "\"choices\":[],\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":20,"
                + "\"total_tokens\":32}}"));
    out.write(event("[DONE]"));
    out.write("0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
  }

  private void hold(InputStream in, OutputStream out) throws IOException {
    out.write(head());
    out.write(event(delta("word", "null")));
    out.flush();
    held.incrementAndGet();
    try {
      int end = in.read();
      if (end < 0) {
        lastCut.set(System.nanoTime());
      }
    } catch (IOException reset) {
      lastCut.set(System.nanoTime());
    } finally {
      held.decrementAndGet();
    }
  }

  /** The body of the next request; empty at the end. */
  private static String request(InputStream in) throws IOException {
    int length = 0;
    boolean any = false;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      any = true;
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(15).strip());
      }
      if (lower.startsWith("transfer-encoding:")) {
        length = -1;
      }
    }
    if (!any) {
      return "";
    }
    return length >= 0
        ? new String(in.readNBytes(length), StandardCharsets.UTF_8) + " "
        : chunked(in);
  }

  private static String chunked(InputStream in) throws IOException {
    StringBuilder body = new StringBuilder();
    for (int size = Integer.parseInt(line(in), 16);
        size > 0;
        size = Integer.parseInt(line(in), 16)) {
      body.append(new String(in.readNBytes(size), StandardCharsets.UTF_8));
      String end = line(in);
      body.append(end);
    }
    return body + line(in) + " ";
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

  private static byte[] answer(String json) {
    return ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
            + json.length()
            + "\r\n\r\n"
            + json)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] head() {
    return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String delta(String text, String finish) {
    return "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"mock\","
        + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
        + text
        + "\"},\"finish_reason\":"
        + finish
        + "}]}";
  }

  private static byte[] event(String data) {
    String text = "data: " + data + "\n\n";
    return (Integer.toHexString(text.length()) + "\r\n" + text + "\r\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
