package dev.flotilla.assistant.door;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.assistant.door.api.ApiError;
import dev.flotilla.assistant.router.Attempts;
import dev.flotilla.assistant.router.Policy;
import dev.flotilla.assistant.router.TaskClass;
import dev.flotilla.assistant.upstream.UpstreamException;
import dev.flotilla.kernel.failure.Failure;
import dev.flotilla.model.shape.Nearest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a client is told when there is no answer. Pure. */
final class ApiErrors {
  private static final Set<Integer> OF_THE_REQUEST = Set.of(400, 404, 413, 415, 422);

  /** How servers that are not OpenAI's tell that a context is too long. */
  private static final Set<String> TOO_LONG = Set.of("exceed_context_size_error");

  private static final Predicate<String> TOO_LONG_SAID =
      Pattern.compile(
              "prompt is too long|maximum context length|exceeds? the (available |model's"
                  + " )?context",
              Pattern.CASE_INSENSITIVE)
          .asPredicate();

  static final ApiError NO_AUDIO =
      ApiError.of(
          501,
          "server_error",
          "not_implemented",
          "This door has no speech yet: neither transcription nor speech is answered. Ask in text"
              + " at /v1/chat/completions.");

  private ApiErrors() {}

  /**
   * Everybody in the chain has failed or could not be asked.
   *
   * @param coolUntil until when a target asked to be left alone
   */
  static ApiError nobody(
      List<String> chain,
      Map<String, UpstreamException> failures,
      Function<String, Optional<Instant>> coolUntil,
      Instant now) {
    Optional<UpstreamException> refused =
        failures.values().stream().filter(e -> OF_THE_REQUEST.contains(e.status())).findFirst();
    boolean unable =
        failures.values().stream().allMatch(e -> e.failure() == Attempts.Failure.REFUSED);
    if (refused.isPresent() && unable) {
      return passedOn(refused.get());
    }
    String why =
        chain.stream()
            .map(target -> target + ": " + reason(target, failures))
            .collect(joining("; "));
    if (!failures.isEmpty() && failures.values().stream().allMatch(e -> e.status() == 429)) {
      return ApiError.of(
              429, "rate_limit_exceeded", "rate_limit_exceeded", "Too many requests: " + why)
          .retryAfter(wait(chain, coolUntil, now));
    }
    return ApiError.of(503, "server_error", "no_target", "Nobody could answer. " + why + ".")
        .retryAfter(wait(chain, coolUntil, now));
  }

  /** Why nobody waits for an answer any longer. */
  static ApiError calledOff(String reason) {
    return switch (reason) {
      case Wards.LEFT -> ApiError.of(499, "client_error", "client_left", "The client left.");
      case Wards.CLOSED ->
          ApiError.of(
                  503,
                  "server_error",
                  "closing",
                  "The door is being closed and could not wait for the end of this answer. Ask"
                      + " again.")
              .retryAfter(Duration.ofSeconds(1));
      default -> Asking.late();
    };
  }

  /** What never came as far as an API. */
  static ApiError ofTheListener(Failure failure) {
    return switch (failure.kind()) {
      case NOT_FOUND ->
          ApiError.badRequest(
                  "",
                  "not_found",
                  "There is "
                      + failure.found()
                      + " here. There are /v1/chat/completions, /v1/completions, /v1/embeddings,"
                      + " /v1/responses and /v1/models.")
              .status(404);
      case TOO_LARGE ->
          ApiError.badRequest(
                  "",
                  "too_large",
                  "The body is too large: "
                      + failure.expected()
                      + ". Send images and files by their address, or less at a time.")
              .status(413);
      default -> ApiError.of(failure);
    };
  }

  /** A model nobody has. */
  static ApiError unknownModel(String found, List<String> known) {
    return new ApiError(
        404,
        "invalid_request_error",
        Optional.of("model_not_found"),
        Optional.of("model"),
        "There is no model \"%s\" here. %sThere are: %s."
            .formatted(
                found,
                Nearest.to(found, known).map(n -> "Did you mean \"" + n + "\"? ").orElse(""),
                String.join(", ", known)),
        Optional.empty());
  }

  /** A task the policy does not have. */
  static ApiError unknownTask(String found, Policy policy) {
    return ApiError.badRequest(
        "X-Flotilla-Task",
        "unknown_task",
        "The header X-Flotilla-Task names \"%s\". Expected one of %s."
            .formatted(
                found, policy.classes().stream().map(TaskClass::name).collect(joining(", "))));
  }

  private static ApiError passedOn(UpstreamException e) {
    JsonNode error =
        e.error()
            .orElseGet(com.fasterxml.jackson.databind.node.JsonNodeFactory.instance::objectNode);
    String type = error.path("type").asText("invalid_request_error");
    String said = error.path("message").asText("");
    boolean tooLong = TOO_LONG.contains(type) || TOO_LONG_SAID.test(said);
    return new ApiError(
        e.status(),
        tooLong ? "invalid_request_error" : type,
        tooLong
            ? Optional.of("context_length_exceeded")
            : Optional.of(error.path("code")).filter(JsonNode::isTextual).map(JsonNode::asText),
        Optional.of(error.path("param").asText("")).filter(p -> !p.isEmpty() && !p.equals("null")),
        error.path("message").asText(e.reason()),
        Optional.empty());
  }

  private static String reason(String target, Map<String, UpstreamException> failures) {
    UpstreamException e = failures.get(target);
    return e == null ? "left alone after it failed before" : e.reason();
  }

  private static Duration wait(
      List<String> chain, Function<String, Optional<Instant>> coolUntil, Instant now) {
    return chain.stream()
        .flatMap(target -> coolUntil.apply(target).stream())
        .filter(now::isBefore)
        .map(until -> Duration.between(now, until))
        .min(Duration::compareTo)
        .orElse(Duration.ofSeconds(1));
  }
}
