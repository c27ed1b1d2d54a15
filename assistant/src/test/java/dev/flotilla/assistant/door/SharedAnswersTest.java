package dev.flotilla.assistant.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.assistant.testing.LentServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers that a Redis keeps for other doors and for the time after a restart. */
@Tag("external")
final class SharedAnswersTest extends DoorCase {
  private static final String CHAT = "/v1/chat/completions";
  private static final String ASK =
      "{\"model\":\"up\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";

  @TempDir Path folder;
  private Optional<LentServer> redis = Optional.empty();

  /** Before the door, which is opened by the base. */
  @Override
  String router() {
    return router(1);
  }

  private String router(int price) {
    return """
    targets:
      up: {url: '%s', input_price: %d}
    tasks:
      all: {target: up, fallback: builtin}
    """
        .formatted(first.url(), price);
  }

  @Override
  String config() {
    try {
      redis = Optional.of(LentServer.redis(folder));
      return shared();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private String shared() {
    return "cache: {answers: exact, redis: 'redis://127.0.0.1:%d'}"
        .formatted(redis.orElseThrow().port());
  }

  @AfterEach
  void stopRedis() {
    redis.ifPresent(LentServer::close);
  }

  private String cache() {
    HttpResponse<String> answer = door.post(CHAT, ASK);
    assertThat(answer.statusCode()).isEqualTo(200);
    return door.explain(answer).path("cache").asText();
  }

  @Test
  void anAnswerOutlivesItsDoor() throws IOException {
    assertThat(cache()).isEqualTo("miss");
    reopen(router(1), shared());
    assertThat(cache()).isEqualTo("hit");
    assertThat(first.requests()).hasSize(1);
  }

  @Test
  void anotherManifestHasAnswersOfItsOwn() throws IOException {
    assertThat(cache()).isEqualTo("miss");
    reopen(router(2), shared());
    assertThat(cache()).isEqualTo("miss");
    reopen(router(1), shared());
    assertThat(cache()).isEqualTo("hit");
  }

  @Test
  void withoutRedisItAnswersAllTheSame() throws IOException {
    assertThat(cache()).isEqualTo("miss");
    redis.orElseThrow().kill();
    assertThat(cache()).isEqualTo("hit");
    reopen(router(1), shared());
    assertThat(cache()).isEqualTo("miss");
    assertThat(cache()).isEqualTo("hit");
  }
}
