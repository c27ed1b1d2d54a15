package dev.flotilla.bench.rig;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A server of models that costs next to nothing: it reads requests by HTTP and leaves what is said
 * to its talk. Thread-safe when the talk is.
 */
public final class ModelServer implements AutoCloseable {
  private static final int BACKLOG = 4096;

  private final ServerSocket server;
  private final Talk talk;

  /** Says what a server says. */
  @FunctionalInterface
  public interface Talk {
    /**
     * Answers one request.
     *
     * @param in where a client that leaves is noticed
     * @return whether the connection still stands afterwards
     */
    boolean answer(String body, InputStream in, OutputStream out) throws IOException;
  }

  /** Listens on a free port of the loopback address until it is closed. */
  public ModelServer(Talk talk) throws IOException {
    this(talk, 0);
  }

  /**
   * Listens on the loopback address until it is closed.
   *
   * @param port 0 for any that is free
   */
  public ModelServer(Talk talk, int port) throws IOException {
    this.talk = talk;
    server = new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  public int port() {
    return server.getLocalPort();
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
      for (Optional<String> body = request(in);
          body.isPresent() && talk.answer(body.get(), in, out);
          body = request(in)) {
        out.flush();
      }
    } catch (IOException gone) {
      return;
    }
  }

  /** The body of the next request; none at the end. */
  private static Optional<String> request(InputStream in) throws IOException {
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
      return Optional.empty();
    }
    return Optional.of(
        length >= 0 ? new String(in.readNBytes(length), StandardCharsets.UTF_8) : chunked(in));
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
    return body + line(in);
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
