package dev.flotilla.assistant.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.flotilla.assistant.testing.LentServer;
import dev.flotilla.kernel.testing.FakeTime;
import dev.flotilla.kernel.testing.TestHost;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a Redis server, also when it dies. */
@Tag("external")
class RedisLevelTest {
  @TempDir Path folder;
  private final FakeTime time = new FakeTime();
  private LentServer server;
  private RedisLevel redis;

  @BeforeEach
  void start() throws Exception {
    server = LentServer.redis(folder);
    redis = level();
  }

  @AfterEach
  void stop() {
    if (redis != null) {
      redis.close();
      server.close();
    }
  }

  private RedisLevel level() {
    return new RedisLevel(url(), Optional.empty(), "test:", time);
  }

  private String url() {
    return "redis://127.0.0.1:" + server.port();
  }

  private NamedCache cache(SecondLevel behind) {
    return new NamedCache(
        "c", CacheSettings.of(100, Duration.ofMinutes(10)), time, Optional.of(behind));
  }

  private static Cached.Fresh fresh(String value, String... tags) {
    return Cached.Fresh.of(new TextNode(value), tags);
  }

  private static Invalidation tag(String tag) {
    return new Invalidation("c", List.of(), List.of(tag), false, "");
  }

  @Test
  void whatOneProcessKeepsAnotherFinds() {
    cache(redis).put("a", fresh("1", "t"), Optional.empty());
    try (RedisLevel theirs = level()) {
      NamedCache other = cache(theirs);
      assertThat(other.get("a").orElseThrow().value()).contains(new TextNode("1"));
      assertThat(other.get("a").orElseThrow().tags()).containsExactly("t");
      assertThat(other.statistics().sharedHits()).isEqualTo(1);
      other.invalidate(tag("t"));
    }
    assertThat(cache(redis).get("a")).isEmpty();
  }

  @Test
  void endsByKeyAndAllThereToo() {
    NamedCache cache = cache(redis);
    for (String key : List.of("a", "b*", "c")) {
      cache.put(key, fresh("1"), Optional.empty());
    }
    cache.invalidate(new Invalidation("c", List.of("a"), List.of(), false, ""));
    assertThat(cache(redis).get("a")).isEmpty();
    assertThat(cache(redis).get("b*")).isPresent();
    cache.invalidate(new Invalidation("c", List.of(), List.of(), true, ""));
    assertThat(cache(redis).get("b*")).isEmpty();
    assertThat(cache(redis).get("c")).isEmpty();
  }

  @Test
  void whenItDiesMemoryGoesOnAndNothingThatWasEndedMeanwhileComesBack() throws Exception {
    NamedCache cache = cache(redis);
    cache.put("a", fresh("old", "t"), Optional.empty());
    cache.put("b", fresh("kept"), Optional.empty());
    Cached stale = cache.get("a").orElseThrow();
    server.kill();
    cache.put("c", fresh("only here"), Optional.empty());
    assertThat(redis.trouble().orElseThrow())
        .contains("127.0.0.1:" + server.port(), "in memory only");
    assertThat(cache.get("b")).isPresent();
    assertThat(cache.get("nowhere")).isEmpty();
    cache.invalidate(tag("t"));
    assertThat(cache.get("a")).isEmpty();
    server.startAgain();
    try (RedisLevel theirs = level()) {
      theirs.put("c", "a", stale);
    }
    assertThat(cache.get("a")).as("not asked again at once").isEmpty();
    time.advance(Duration.ofSeconds(3));
    assertThat(cache.get("a")).as("ended before anything is read").isEmpty();
    assertThat(redis.trouble()).isEmpty();
    cache.put("d", fresh("shared"), Optional.empty());
    assertThat(cache(redis).get("d")).isPresent();
  }

  /** Not ready is shown; not well would be a restart, which only empties the memory. */
  @Test
  void theServiceSaysThatItIsGoneAndThatItIsBackAlsoWhenNobodyAsks() throws Exception {
    try (TestHost host =
            TestHost.start(
                CacheManager.factory(), folder.resolve("state"), Map.of("redis", url()));
        HttpClient client = HttpClient.newHttpClient()) {
      assertThat(status(client, host, "/ready")).isEqualTo(200);
      server.kill();
      host.call("put", Map.of("cache", "default", "key", "a", "value", 1));
      assertThat(host.call("get", Map.of("cache", "default", "key", "a")).path("value").asInt())
          .isEqualTo(1);
      assertThat(host.call("statistics", Map.of()).path("trouble").asText())
          .contains("cannot be reached");
      assertThat(status(client, host, "/ready")).isEqualTo(503);
      assertThat(status(client, host, "/health")).isEqualTo(200);
      server.startAgain();
      host.time().advance(Duration.ofSeconds(6));
      assertThat(status(client, host, "/ready")).isEqualTo(200);
      server.kill();
      host.time().advance(Duration.ofSeconds(6));
      assertThat(status(client, host, "/ready")).isEqualTo(503);
    }
  }

  private static int status(HttpClient client, TestHost host, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + host.port() + path);
    return client
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void anAddressThatIsNoneIsToldBeforeItStarts() {
    assertThatThrownBy(() -> new RedisLevel("localhost", Optional.empty(), "", time))
        .hasMessageContaining("expected redis://host:port");
    assertThatThrownBy(() -> new RedisLevel("redis://:pw@h:1", Optional.empty(), "", time))
        .hasMessageContaining("REDIS_PASSWORD")
        .hasMessageNotContaining("pw@");
  }
}
