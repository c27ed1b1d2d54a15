package dev.flotilla.assistant.door;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.flotilla.assistant.door.api.ApiError;
import dev.flotilla.assistant.door.api.ApiException;
import dev.flotilla.kernel.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Answers a request with an idempotency key once: a repetition gets the same answer, also while the
 * first is still being answered. What failed may be tried again. Thread-safe.
 */
final class Repeats {
  private static final Duration KEPT = Duration.ofMinutes(10);
  private static final long MOST_BYTES = 16L << 20;

  private final Cache<String, Entry> entries =
      Caffeine.newBuilder()
          .expireAfterWrite(KEPT)
          .maximumWeight(MOST_BYTES)
          .weigher((String key, Entry entry) -> entry.weight())
          .build();

  private record Entry(int hash, int weight, CompletableFuture<HttpResponse> answer) {}

  /**
   * @param scope who asks what; keys of different scopes are different
   * @param key as the client sent it
   * @throws ApiException when the key is none, or was used for another request
   */
  HttpResponse once(String scope, String key, byte[] body, Callable<HttpResponse> action)
      throws Exception {
    if (key.isBlank() || key.length() > 255) {
      throw ApiError.badRequest(
              "Idempotency-Key",
              "invalid_value",
              "The header Idempotency-Key is empty or longer than 255 characters.")
          .exception();
    }
    return once(scope + "\n" + key, body, action);
  }

  private HttpResponse once(String key, byte[] body, Callable<HttpResponse> action)
      throws Exception {
    Entry fresh = new Entry(Arrays.hashCode(body), body.length + 4096, new CompletableFuture<>());
    Entry entry = entries.asMap().putIfAbsent(key, fresh);
    if (entry == null) {
      return first(key, fresh, action);
    }
    if (entry.hash() != fresh.hash()) {
      throw ApiError.badRequest(
              "Idempotency-Key",
              "idempotency_key_reused",
              "The idempotency key was used for another request. Use a new one for each request.")
          .exception();
    }
    try {
      HttpResponse answer = entry.answer().get();
      if (answer.body() instanceof HttpResponse.Streamed) {
        throw ApiError.of(
                409,
                "invalid_request_error",
                "already_streamed",
                "A stream with this idempotency key was answered already and is not kept.")
            .exception();
      }
      return answer.header("Idempotent-Replay", "true");
    } catch (java.util.concurrent.ExecutionException | CompletionException e) {
      return once(key, body, action);
    }
  }

  private HttpResponse first(String key, Entry entry, Callable<HttpResponse> action)
      throws Exception {
    try {
      HttpResponse answer = action.call();
      if (answer.status() >= 400) {
        entries.invalidate(key);
      }
      entry.answer().complete(answer);
      return answer;
    } catch (Exception e) {
      entries.invalidate(key);
      entry.answer().completeExceptionally(e);
      throw e;
    }
  }
}
