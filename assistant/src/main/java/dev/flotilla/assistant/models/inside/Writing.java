package dev.flotilla.assistant.models.inside;

import dev.flotilla.assistant.door.api.ApiError;
import dev.flotilla.assistant.door.api.ApiException;
import dev.flotilla.assistant.upstream.Usage;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One answer while it is written on a thread of the machine and read on another. */
final class Writing implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Writing.class);

  private final LocalModel model;
  private final LocalModel.Wish wish;
  private final LinkedBlockingQueue<Part> parts = new LinkedBlockingQueue<>();
  private volatile boolean stopped;
  private volatile int tokens;

  private sealed interface Part {}

  private record Text(String text) implements Part {}

  private record End() implements Part {}

  private record Failed(ApiError error) implements Part {}

  Writing(LocalModel model, LocalModel.Wish wish) {
    this.model = model;
    this.wish = wish;
  }

  @Override
  public void run() {
    try {
      tokens =
          model.generate(
              wish,
              text -> {
                parts.add(new Text(text));
                return !stopped;
              });
      parts.add(new End());
    } catch (ApiException e) {
      parts.add(new Failed(e.error()));
    } catch (RuntimeException e) {
      log.error("the engine failed", e);
      parts.add(
          new Failed(ApiError.of(500, "server_error", "engine_failed", "The engine failed: " + e)));
    }
  }

  /** Waits for the next part; empty after the last. */
  Optional<String> next() throws ApiException, InterruptedException {
    return switch (parts.take()) {
      case Text(String text) -> Optional.of(text);
      case End end -> Optional.empty();
      case Failed(ApiError error) -> throw error.exception();
    };
  }

  /** No more is wanted; the engine ends with its next token. */
  void stop() {
    stopped = true;
  }

  /** Why the answer ended, once it did. */
  String finish() {
    return tokens >= wish.most() ? "length" : "stop";
  }

  Usage usage() {
    return new Usage(model.tokens(wish.prompt()), tokens, false);
  }

  static <T> T onMachine(ExecutorService machine, Callable<T> work)
      throws ApiException, InterruptedException {
    try {
      return machine.submit(work).get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case ApiException known -> throw known;
        case RuntimeException bug -> throw bug;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    }
  }
}
