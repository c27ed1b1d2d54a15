package dev.flotilla.kernel.http;

import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webclient.api.HttpClientResponse;
import io.helidon.webclient.api.Proxy;
import io.helidon.webclient.api.WebClient;
import io.helidon.webclient.http1.Http1Client;
import io.helidon.webclient.http1.Http1ClientRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks other HTTP servers, with connections kept for the next request. Blocks; an interrupt ends
 * what it waits for and closes the connection. Thread-safe.
 */
public final class Outbound {
  private final WebClient connector;
  private final Http1Client client;
  private final Map<String, KeptConnections> servers = new ConcurrentHashMap<>();

  /**
   * @param connect how long a connection may take
   */
  public Outbound(Duration connect) {
    NumbersInHeaders.prepare();
    connector =
        WebClient.builder()
            .servicesDiscoverServices(false)
            .followRedirects(false)
            .sendExpectContinue(false)
            .writeBufferSize(0)
            .socketOptions(options -> options.tcpNoDelay(true).connectTimeout(connect))
            .build();
    client = connector.client(Http1Client.PROTOCOL);
  }

  /**
   * A request.
   *
   * @param headers secrets among them; never log them
   * @param body empty for none
   * @param silence how long the server may send nothing
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Ask(
      String method, URI uri, Map<String, String> headers, byte[] body, Duration silence) {
    /** Without its headers and body. */
    @Override
    public String toString() {
      return method + " " + uri;
    }
  }

  /** An answer of which the head is there; closing it ends the transfer of the rest. */
  public static final class Answer implements AutoCloseable {
    private final HttpClientResponse response;

    private Answer(HttpClientResponse response) {
      this.response = response;
    }

    public int status() {
      return response.status().code();
    }

    public Optional<String> header(String name) {
      return response.headers().first(HeaderNames.create(name));
    }

    /**
     * The body to its end, or its first bytes where it is longer than that.
     *
     * @throws IOException when it breaks off
     */
    public byte[] bytes(int most) throws IOException {
      try (InputStream in = body()) {
        return Bodies.read(in, response.headers().contentLength(), most);
      }
    }

    /** The body as it comes. */
    public InputStream body() {
      return response.entity().hasEntity()
          ? new Body(response.entity().inputStream())
          : InputStream.nullInputStream();
    }

    @Override
    public void close() {
      try {
        response.close();
      } catch (RuntimeException e) {
        // The connection is gone already, which is what was wanted.
        return;
      }
    }
  }

  /** Tells of every trouble with the connection by an {@link IOException}, as streams do. */
  private static final class Body extends InputStream {
    private final InputStream in;

    Body(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        return in.read(bytes, offset, length);
      } catch (UncheckedIOException e) {
        throw e.getCause() == null ? new IOException(e) : e.getCause();
      } catch (RuntimeException e) {
        throw new IOException("the connection was cut in the middle of the answer", e);
      }
    }
  }

  /**
   * Sends the request and waits for the head of the answer. On a kept connection that the server
   * had closed meanwhile it is sent once more, on a new one.
   *
   * @throws IOException when there is no connection, or it broke, or the server kept silent
   */
  public Answer send(Ask ask) throws IOException {
    try {
      KeptConnections server =
          servers.computeIfAbsent(
              ask.uri().getScheme() + "://" + ask.uri().getRawAuthority(),
              name -> new KeptConnections(connector, ask.uri()));
      Optional<KeptConnection> kept = server.kept();
      if (kept.isPresent()) {
        try {
          return send(ask, kept.get(), server.proxy());
        } catch (UncheckedIOException | InsufficientDataAvailableException e) {
          if (e.getCause() instanceof SocketTimeoutException
              || Thread.currentThread().isInterrupted()) {
            throw e;
          }
        }
      }
      return send(ask, server.open(), server.proxy());
    } catch (UncheckedIOException e) {
      throw e.getCause() == null ? new IOException(e) : e.getCause();
    } catch (RuntimeException e) {
      throw new IOException("no HTTP answer came", e);
    }
  }

  private Answer send(Ask ask, KeptConnection connection, Proxy proxy) {
    boolean answered = false;
    try {
      Http1ClientRequest request =
          client
              .method(Method.create(ask.method()))
              .uri(ask.uri())
              .skipUriEncoding(true)
              .proxy(proxy)
              .connection(connection)
              .readTimeout(ask.silence());
      ask.headers().forEach((name, value) -> request.header(Names.of(name), value));
      Answer answer =
          new Answer(ask.body().length == 0 ? request.request() : request.submit(ask.body()));
      answered = true;
      return answer;
    } finally {
      if (!answered) {
        connection.closeResource();
      }
    }
  }
}
