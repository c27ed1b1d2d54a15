package dev.flotilla.kernel.http;

import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.wire.Wire;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer.
 *
 * @param headers beside the content type and what the listener adds
 */
public record HttpResponse(int status, String contentType, Map<String, String> headers, Body body) {

  /** What is sent. */
  public sealed interface Body {}

  /** All of it at once. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Whole(byte[] data) implements Body {}

  /** Bit by bit, for as long as the writer runs. */
  public record Streamed(StreamWriter writer) implements Body {}

  /** Writes a body; runs on the request's virtual thread and may block. */
  @FunctionalInterface
  public interface StreamWriter {
    /**
     * Flush what the reader should see now.
     *
     * @throws IOException when the reader has gone
     */
    void write(OutputStream out) throws IOException, InterruptedException;
  }

  /** Sends events; runs on the request's virtual thread until the reader has gone or it returns. */
  @FunctionalInterface
  public interface EventWriter {
    void write(EventStream events) throws IOException, InterruptedException;
  }

  public static HttpResponse json(Object value) {
    return bytes("application/json", Wire.json(value));
  }

  /** HTML in UTF-8. */
  public static HttpResponse html(String page) {
    return bytes("text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
  }

  public static HttpResponse text(String text) {
    return bytes("text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  public static HttpResponse bytes(String contentType, byte[] data) {
    return new HttpResponse(200, contentType, Map.of(), new Whole(data));
  }

  public static HttpResponse stream(String contentType, StreamWriter writer) {
    return new HttpResponse(200, contentType, Map.of(), new Streamed(writer));
  }

  /** A stream of server-sent events. */
  public static HttpResponse events(EventWriter writer) {
    return stream("text/event-stream", out -> writer.write(new EventStream(out)))
        .header("Cache-Control", "no-store");
  }

  /** {@code {"error":{"kind","field"?,"found","expected","advice"}}} with the failure's status. */
  public static HttpResponse failure(Failure failure) {
    return json(Map.of("error", failure)).status(failure.kind().code());
  }

  public HttpResponse status(int other) {
    return new HttpResponse(other, contentType, headers, body);
  }

  public HttpResponse body(Body other) {
    return new HttpResponse(status, contentType, headers, other);
  }

  public HttpResponse header(String name, String value) {
    return headers(Map.of(name, value));
  }

  /** With these beside those it has. */
  public HttpResponse headers(Map<String, String> others) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.putAll(others);
    return new HttpResponse(status, contentType, more, body);
  }
}
