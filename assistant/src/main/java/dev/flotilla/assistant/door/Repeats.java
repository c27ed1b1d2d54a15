package dev.flotilla.assistant.door;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.flotilla.assistant.door.api.ApiError;
import dev.flotilla.assistant.door.api.ApiException;
import dev.flotilla.kernel.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;

/**
 * Answers a request with an idempotency key once: a repetition gets the same answer, also while the
 * first is still being answered. What failed may be tried again. Thread-safe.
 */
final class Repeats {
  private static final Duration KEPT = Duration.ofMinutes(10);
  private static final long MOST_BYTES = 16L << 20;
  private static final int OVERHEAD = 512;

  private final Cache<String, Entry> entries =
      Caffeine.newBuilder()
          .expireAfterWrite(KEPT)
          .maximumWeight(MOST_BYTES)
          .weigher((String key, Entry entry) -> entry.weight())
          .build();

  private record Entry(String body, int weight, CompletableFuture<HttpResponse> answer) {
    Entry heavier(int bytes) {
      return new Entry(body, weight + bytes, answer);
    }
  }

  /** Waits for somebody else's answer, for as long as whoever asked does. */
  @FunctionalInterface
  interface Waiting {
    HttpResponse await(Callable<HttpResponse> answer) throws Exception;
  }

  /**
   * @param scope who asks what; keys of different scopes are different
   * @param key as the client sent it
   * @param whole whether a stream, once it has been written, was all that was to be said
   * @throws ApiException when the key is none, or was used for another request
   */
  HttpResponse once(
      String scope,
      String key,
      byte[] body,
      Waiting waiting,
      Callable<HttpResponse> action,
      BooleanSupplier whole)
      throws Exception {
    if (key.isBlank() || key.length() > 255) {
      throw ApiError.badRequest(
              "Idempotency-Key",
              "invalid_value",
              "The header Idempotency-Key is empty or longer than 255 characters.")
          .exception();
    }
    String id = scope + "\n" + key;
    Entry fresh = new Entry(digest(body), id.length() + OVERHEAD, new CompletableFuture<>());
    while (true) {
      Entry entry = entries.asMap().putIfAbsent(id, fresh);
      if (entry == null) {
        return first(id, fresh, action, whole);
      }
      if (!entry.body().equals(fresh.body())) {
        throw ApiError.badRequest(
                "Idempotency-Key",
                "idempotency_key_reused",
                "The idempotency key was used for another request. Use a new one for each request.")
            .exception();
      }
      try {
        return again(waiting.await(entry.answer()::get));
      } catch (ExecutionException theFirstFailed) {
        entries.asMap().remove(id, entry);
      }
    }
  }

  private static HttpResponse again(HttpResponse answer) throws ApiException {
    if (answer.body() instanceof HttpResponse.Streamed) {
      throw ApiError.of(
              409,
              "invalid_request_error",
              "already_streamed",
              "A stream with this idempotency key was answered, or is being answered, and is not"
                  + " kept. Use a new key to ask again.")
          .exception();
    }
    return answer.header("Idempotent-Replay", "true");
  }

  private HttpResponse first(
      String id, Entry entry, Callable<HttpResponse> action, BooleanSupplier whole)
      throws Exception {
    try {
      HttpResponse answer = action.call();
      HttpResponse told =
          switch (answer.body()) {
            case HttpResponse.Whole(byte[] data) -> {
              entries.asMap().replace(id, entry, entry.heavier(data.length));
              yield answer;
            }
            case HttpResponse.Streamed(HttpResponse.StreamWriter writer) ->
                answer.body(
                    new HttpResponse.Streamed(
                        out -> {
                          try {
                            writer.write(out);
                          } finally {
                            if (!whole.getAsBoolean()) {
                              entries.asMap().remove(id, entry);
                            }
                          }
                        }));
          };
      entry.answer().complete(answer);
      return told;
    } catch (Exception e) {
      entries.asMap().remove(id, entry);
      entry.answer().completeExceptionally(e);
      throw e;
    }
  }

  private static String digest(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
