package dev.flotilla.bus.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;

/** A client that says exactly what it is told, and hands out what it hears line by line. */
final class RawClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;

  private final Socket socket;
  private final InputStream in;
  private final String info;

  RawClient(int port) throws IOException {
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    this.in = socket.getInputStream();
    this.info = line();
  }

  /** A client that has sent CONNECT with these options. */
  static RawClient connected(int port, String options) throws IOException {
    RawClient client = new RawClient(port);
    client.say("CONNECT {" + options + "}\r\n");
    return client;
  }

  /** A client that has agreed to the usual: neither verbose nor pedantic, with headers. */
  static RawClient usual(int port) throws IOException {
    return connected(
        port,
        "\"verbose\":false,\"pedantic\":false,\"headers\":true,\"no_responders\":true,\"protocol\":1");
  }

  String info() {
    return info;
  }

  void say(String text) throws IOException {
    say(text.getBytes(ISO_8859_1));
  }

  void say(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** Asks and hears all that was said before the answer, the answer not included. */
  String untilPong() throws IOException {
    say("PING\r\n");
    StringBuilder heard = new StringBuilder();
    while (true) {
      String line = line();
      if (line.equals("PONG")) {
        return heard.toString();
      }
      heard.append(line).append('|');
    }
  }

  /** The next line without its end; "(end)" when the server has closed the connection. */
  String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      int next;
      try {
        next = in.read();
      } catch (SocketException e) {
        next = -1;
      }
      if (next < 0) {
        return "(end)";
      }
      if (next == '\n') {
        String text = line.toString(ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
      }
      line.write(next);
    }
  }

  /** All that comes before the server closes the connection; keep-alive questions left out. */
  String untilEnd() throws IOException {
    StringBuilder heard = new StringBuilder();
    while (true) {
      String line = line();
      if (line.equals("(end)")) {
        return heard.append(line).toString();
      }
      if (!line.equals("PING")) {
        heard.append(line).append('|');
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
