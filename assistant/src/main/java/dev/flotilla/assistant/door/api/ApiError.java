package dev.flotilla.assistant.door.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.kernel.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * Why there is no answer, as OpenAI's clients read it.
 *
 * @param status of HTTP
 * @param type such as {@code invalid_request_error}
 * @param code for programs, such as {@code model_not_found}
 * @param param which part of the request, when one part is at fault
 * @param message what was found, what was expected, what to do
 * @param retryAfter when it is worth another try
 */
public record ApiError(
    int status,
    String type,
    Optional<String> code,
    Optional<String> param,
    String message,
    Optional<Duration> retryAfter) {

  /** The request is wrong. */
  public static ApiError badRequest(String param, String code, String message) {
    return new ApiError(
        400,
        "invalid_request_error",
        Optional.of(code),
        Optional.of(param).filter(p -> !p.isEmpty()),
        message,
        Optional.empty());
  }

  /** An error of any other kind. */
  public static ApiError of(int status, String type, String code, String message) {
    return new ApiError(
        status, type, Optional.of(code), Optional.empty(), message, Optional.empty());
  }

  /** What the listener has to say. */
  public static ApiError of(Failure failure) {
    String type =
        switch (failure.kind()) {
          case UNAUTHORISED -> "authentication_error";
          case FORBIDDEN -> "permission_error";
          case BAD_REQUEST, NOT_FOUND, CONFLICT, TOO_LARGE, UNSUPPORTED_TYPE ->
              "invalid_request_error";
          case INTERNAL, UNAVAILABLE, DEADLINE_EXCEEDED -> "server_error";
        };
    return new ApiError(
        failure.kind().code(),
        type,
        Optional.of(failure.kind().label().replace('-', '_')),
        failure.field(),
        failure.sentence(),
        Optional.empty());
  }

  public ApiError status(int other) {
    return new ApiError(other, type, code, param, message, retryAfter);
  }

  public ApiError retryAfter(Duration duration) {
    return new ApiError(status, type, code, param, message, Optional.of(duration));
  }

  /** To be thrown. */
  public ApiException exception() {
    return new ApiException(this);
  }

  /** {@code {"error": {"message", "type", "param", "code"}}}. */
  public ObjectNode json() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode error = body.putObject("error");
    error.put("message", message);
    error.put("type", type);
    error.put("param", param.orElse(null));
    error.put("code", code.orElse(null));
    return body;
  }

  public HttpResponse response() {
    HttpResponse response = HttpResponse.json(json()).status(status);
    return retryAfter
        .map(
            wait ->
                response.header(
                    "Retry-After", Long.toString(Math.max(1, Math.ceilDiv(wait.toMillis(), 1000)))))
        .orElse(response);
  }
}
