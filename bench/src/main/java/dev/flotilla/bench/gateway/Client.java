package dev.flotilla.bench.gateway;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** One connection that asks and reads with as little work as can be. For one thread. */
final class Client implements AutoCloseable {
  private final Socket socket = new Socket();
  private final InputStream in;
  private final Map<String, String> headers;
  private final int port;

  Client(int port, Map<String, String> headers) throws IOException {
    this.port = port;
    this.headers = headers;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(120_000);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
    in = new BufferedInputStream(socket.getInputStream(), 8192);
  }

  /** An answer; {@code text} is the body without the marks of chunks. */
  record Answer(int status, String text) {}

  /** What a chat is, to be sent as often as one likes. */
  byte[] chat(String path, String body) {
    StringBuilder text = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port);
    text.append("\r\nContent-Type: application/json\r\n");
    headers.forEach((name, value) -> text.append(name + ": " + value + "\r\n"));
    text.append("Content-Length: " + body.length() + "\r\n\r\n" + body);
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  Answer ask(byte[] request) throws IOException {
    send(request);
    return read();
  }

  void send(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
  }

  Answer read() throws IOException {
    Head head = head();
    return new Answer(head.status(), body(head));
  }

  /** Waits for the first event of a stream. */
  void firstEvent() throws IOException {
    Head head = head();
    if (head.status() != 200) {
      throw new IOException("HTTP " + head.status() + ": " + body(head));
    }
    StringBuilder got = new StringBuilder();
    while (got.indexOf("data:") < 0) {
      got.append((char) next());
    }
  }

  /** The rest of a stream, to its end. */
  void rest() throws IOException {
    StringBuilder tail = new StringBuilder();
    while (tail.indexOf("\r\n0\r\n\r\n") < 0) {
      tail.append((char) next());
    }
  }

  private record Head(int status, int length, boolean chunked) {}

  private Head head() throws IOException {
    int status = Integer.parseInt(line().split(" ", 3)[1]);
    int length = 0;
    boolean chunked = false;
    for (String line = line(); !line.isEmpty(); line = line()) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(15).strip());
      }
      chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
    }
    return new Head(status, length, chunked);
  }

  private String body(Head head) throws IOException {
    if (!head.chunked()) {
      return new String(in.readNBytes(head.length()), StandardCharsets.UTF_8);
    }
    StringBuilder body = new StringBuilder();
    for (int size = size(); size > 0; size = size()) {
      body.append(new String(in.readNBytes(size), StandardCharsets.UTF_8));
      String end = line();
      body.append(end);
    }
    return body + line();
  }

  private int size() throws IOException {
    return Integer.parseInt(line().split(";", 2)[0].strip(), 16);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder(64);
    for (int c = next(); c != '\n'; c = next()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private int next() throws IOException {
    int c = in.read();
    if (c < 0) {
      throw new EOFException("the gateway closed the connection");
    }
    return c;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
