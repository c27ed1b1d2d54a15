package dev.flotilla.assistant.door;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A server of models that does what it is told, byte by byte: each request takes the next script,
 * the last one again and again.
 */
final class ScriptedUpstream implements AutoCloseable {
  /** Plays one answer. */
  @FunctionalInterface
  interface Script {
    void play(Request request, OutputStream out, Socket socket)
        throws IOException, InterruptedException;
  }

  record Request(String line, Map<String, String> headers, String body) {}

  private final ServerSocket server;
  private final Queue<Script> scripts = new ConcurrentLinkedQueue<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private volatile Script last = (request, out, socket) -> text(out, "hello");

  ScriptedUpstream() {
    try {
      server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort() + "/v1";
  }

  /** What comes next, once each and in order; the last stays. */
  ScriptedUpstream then(Script... next) {
    scripts.addAll(List.of(next));
    return this;
  }

  List<Request> requests() {
    return new ArrayList<>(requests);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        sockets.add(socket);
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
      for (Request request = read(in); request != null; request = read(in)) {
        requests.add(request);
        Script script = scripts.poll();
        if (script != null) {
          last = script;
        }
        last.play(request, out, socket);
        out.flush();
      }
    } catch (IOException | UncheckedIOException gone) {
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static @Nullable Request read(InputStream in) throws IOException {
    String line = line(in);
    if (line == null || line.isEmpty()) {
      return null;
    }
    Map<String, String> headers = new TreeMap<>();
    for (String h = line(in); h != null && !h.isEmpty(); h = line(in)) {
      int colon = h.indexOf(':');
      headers.put(h.substring(0, colon).toLowerCase(Locale.ROOT), h.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Request(line, headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
  }

  private static @Nullable String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        return null;
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  static void send(OutputStream out, int status, String type, String headers, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    out.write(
        ("HTTP/1.1 "
                + status
                + " X\r\nContent-Type: "
                + type
                + "\r\n"
                + headers
                + "Content-Length: "
                + bytes.length
                + "\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8));
    out.write(bytes);
    out.flush();
  }

  static void text(OutputStream out, String text) throws IOException {
    send(out, 200, "application/json", "", completion(text));
  }

  static String completion(String text) {
    return """
    {"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"scripted",\
    "choices":[{"index":0,"message":{"role":"assistant","content":"%s"},"finish_reason":"stop"}],\
    "usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10}}\
    """
        .formatted(text);
  }

  static Script answers(String text) {
    return (request, out, socket) -> text(out, text);
  }

  static Script fails(int status, String headers) {
    return (request, out, socket) ->
        send(
            out,
            status,
            "application/json",
            headers,
            "{\"error\":{\"message\":\"scripted %d\",\"type\":\"x\",\"code\":\"scripted\"}}"
                .formatted(status));
  }

  /** A stream of the pieces, then its end with usage. */
  static Script streams(String... pieces) {
    return (request, out, socket) -> {
      begin(out);
      for (String piece : pieces) {
        event(out, delta(piece));
      }
      event(
          out,
          "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"scripted\","
              + "\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}");
      event(
          out,
          "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"scripted\","
              + "\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2,"
              + "\"total_tokens\":7}}");
      event(out, "[DONE]");
      chunk(out, "");
    };
  }

  /** The pieces, and then the connection is cut. */
  static Script breaksAfter(String... pieces) {
    return (request, out, socket) -> {
      begin(out);
      for (String piece : pieces) {
        event(out, delta(piece));
      }
      socket.close();
    };
  }

  /** Nothing for as long as the latch is shut or the other side is there. */
  static Script waitsFor(CountDownLatch latch) {
    return (request, out, socket) -> latch.await();
  }

  /** Waits until the other side closes the connection, then opens the latch. */
  static Script silentUntilCut(CountDownLatch cut) {
    return (request, out, socket) -> {
      int ignored = socket.getInputStream().read();
      cut.countDown();
      socket.close();
    };
  }

  static String delta(String text) {
    return "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"scripted\","
               + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
        + text
        + "\"},\"finish_reason\":null}]}";
  }

  static void begin(OutputStream out) throws IOException {
    out.write(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
            .getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  static void event(OutputStream out, String data) throws IOException {
    chunk(out, "data: " + data + "\n\n");
  }

  static void chunk(OutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.write(bytes);
    out.write("\r\n".getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
