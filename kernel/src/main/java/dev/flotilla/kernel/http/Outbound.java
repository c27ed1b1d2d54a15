package dev.flotilla.kernel.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webclient.api.HttpClientResponse;
import io.helidon.webclient.http1.Http1Client;
import io.helidon.webclient.http1.Http1ClientRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Asks other HTTP servers, with connections kept for the next request. Blocks; an interrupt ends
 * what it waits for and closes the connection. Thread-safe.
 */
public final class Outbound {
  private final Http1Client client;

  /**
   * @param connect how long a connection may take
   */
  public Outbound(Duration connect) {
    NumbersInHeaders.prepare();
    client =
        Http1Client.builder()
            .shareConnectionCache(false)
            .connectionCacheSize(256)
            .servicesDiscoverServices(false)
            .followRedirects(false)
            .sendExpectContinue(false)
            .socketOptions(options -> options.tcpNoDelay(true).connectTimeout(connect))
            .build();
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
   * Sends the request and waits for the head of the answer.
   *
   * @throws IOException when there is no connection, or it broke, or the server kept silent
   */
  public Answer send(Ask ask) throws IOException {
    Http1ClientRequest request =
        client
            .method(Method.create(ask.method()))
            .uri(ask.uri())
            .skipUriEncoding(true)
            .readTimeout(ask.silence());
    ask.headers().forEach((name, value) -> request.header(HeaderNames.create(name), value));
    try {
      return new Answer(ask.body().length == 0 ? request.request() : request.submit(ask.body()));
    } catch (UncheckedIOException e) {
      throw e.getCause() == null ? new IOException(e) : e.getCause();
    } catch (RuntimeException e) {
      throw new IOException("no HTTP answer came", e);
    }
  }
}
