package dev.flotilla.assistant.upstream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.assistant.router.Attempts;
import dev.flotilla.kernel.http.Outbound;
import dev.flotilla.kernel.http.RetryAfter;
import dev.flotilla.kernel.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A server of models: where it is and what it wants to be told. Turns everything that goes wrong on
 * the way there into an {@link UpstreamException}. Thread-safe.
 *
 * @param url without the path of an operation and without a slash at the end
 * @param headers its key among them; never logged
 * @param silence how long it may send nothing
 */
public record Server(Outbound outbound, URI url, Map<String, String> headers, Duration silence) {
  private static final int MOST_OF_AN_ERROR = 64 * 1024;
  private static final int MOST_OF_AN_ANSWER = 64 << 20;

  public Server {
    headers = Map.copyOf(headers);
  }

  /** Without its headers. */
  @Override
  public String toString() {
    return "Server[" + url + "]";
  }

  /** An answer with status 2xx; the caller closes it. */
  Outbound.Answer post(String path, JsonNode body, Call call) throws UpstreamException {
    Duration left = call.left();
    Map<String, String> all = new LinkedHashMap<>(call.headers());
    all.putAll(headers);
    all.put("Content-Type", "application/json");
    all.put("Accept", "application/json, text/event-stream");
    Duration patience = left.compareTo(silence) < 0 ? left : silence;
    try {
      Outbound.Answer answer =
          outbound.send(
              new Outbound.Ask("POST", URI.create(url + path), all, Wire.json(body), patience));
      if (answer.status() >= 200 && answer.status() < 300) {
        return answer;
      }
      try (answer) {
        throw refusal(answer);
      }
    } catch (IOException | UncheckedIOException e) {
      throw lost(e);
    }
  }

  /** The body of an answer as JSON. */
  ObjectNode json(Outbound.Answer answer) throws UpstreamException {
    byte[] bytes;
    try {
      bytes = answer.bytes(MOST_OF_AN_ANSWER);
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      throw lost(e);
    }
    try {
      if (Wire.mapper().readTree(bytes) instanceof ObjectNode object) {
        return object;
      }
      throw UpstreamException.broken("an answer that is no JSON object");
    } catch (IOException e) {
      throw UpstreamException.broken("an answer that is no JSON" + beginning(bytes));
    }
  }

  /** No more than the first letter, as what was said is nobody else's business. */
  private static String beginning(byte[] bytes) {
    String text = new String(bytes, 0, Math.min(8, bytes.length), StandardCharsets.UTF_8).strip();
    return text.isEmpty()
        ? " but empty"
        : ": it begins with " + Character.toString(text.codePointAt(0));
  }

  static JsonNode tree(String json) throws UpstreamException {
    try {
      return Wire.mapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw UpstreamException.broken("a part that is no JSON (" + e.getOriginalMessage() + ")");
    }
  }

  /** What a connection that broke means. */
  static UpstreamException lost(Exception e) {
    Throwable cause = e instanceof UncheckedIOException && e.getCause() != null ? e.getCause() : e;
    return switch (cause) {
      case SocketTimeoutException timeout ->
          UpstreamException.passing("it kept silent for too long");
      case UnknownHostException host ->
          UpstreamException.passing("the host " + host.getMessage() + " is not known");
      case ConnectException refused -> UpstreamException.passing("nobody listens there");
      default -> UpstreamException.passing("the connection broke (" + firstLine(cause) + ")");
    };
  }

  private static UpstreamException refusal(Outbound.Answer answer) throws IOException {
    byte[] bytes = answer.bytes(MOST_OF_AN_ERROR);
    Optional<JsonNode> error = error(bytes);
    int status = answer.status();
    String said = error.map(e -> e.path("message").asText("")).orElse("");
    return new UpstreamException(
        failure(status),
        status,
        "HTTP " + status + (said.isEmpty() ? "" : ": " + said),
        answer
            .header("retry-after")
            .flatMap(wait -> RetryAfter.of(wait, answer.header("date"), Instant.now())),
        error);
  }

  private static Attempts.Failure failure(int status) {
    return switch (status) {
      case 408, 409, 425, 429, 502, 503, 504, 529 -> Attempts.Failure.PASSING;
      default -> status >= 500 ? Attempts.Failure.BROKEN : Attempts.Failure.REFUSED;
    };
  }

  private static Optional<JsonNode> error(byte[] bytes) {
    try {
      JsonNode error = Wire.mapper().readTree(bytes).path("error");
      return error.isObject() ? Optional.of(error) : Optional.empty();
    } catch (IOException notJson) {
      return Optional.empty();
    }
  }

  private static String firstLine(Throwable e) {
    String message =
        e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message.lines().findFirst().orElse("");
  }
}
