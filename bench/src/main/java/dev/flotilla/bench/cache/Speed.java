package dev.flotilla.bench.cache;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.flotilla.assistant.cache.CacheSettings;
import dev.flotilla.assistant.cache.Cached;
import dev.flotilla.assistant.cache.NamedCache;
import dev.flotilla.assistant.cache.RedisLevel;
import dev.flotilla.assistant.cache.ResponseCache;
import dev.flotilla.assistant.cache.Scope;
import dev.flotilla.assistant.cache.semantic.SemanticCache;
import dev.flotilla.assistant.embedding.Meaning;
import dev.flotilla.kernel.wire.Wire;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import redis.clients.jedis.RedisClient;

/** How long a hit takes, beside what the caches are made of. */
final class Speed {
  private static final int KEYS = 10_000;
  private static final CacheSettings SETTINGS = CacheSettings.of(KEYS * 2L, Duration.ofHours(1));

  private final StringBuilder rows =
      new StringBuilder("| what | a second | µs each |\n|---|---|---|\n");

  private Speed() {}

  static String measure(Meaning meaning) throws Exception {
    Speed speed = new Speed();
    speed.memory();
    speed.answers(meaning);
    Optional<LentRedis> redis = LentRedis.start();
    if (redis.isPresent()) {
      try (LentRedis server = redis.get()) {
        speed.redis(server.port());
      }
    }
    return "One thread, 10,000 keys, values of 1 KiB; the median of five rounds.\n\n"
        + speed.rows
        + (redis.isEmpty() ? "\nWithout Redis: redis-server is not installed.\n" : "");
  }

  private void memory() {
    JsonNode value = new TextNode("x".repeat(1_024));
    Cache<String, JsonNode> plain = Caffeine.newBuilder().maximumSize(KEYS * 2L).build();
    NamedCache cache = new NamedCache("bench", SETTINGS, Clock.systemUTC(), Optional.empty());
    String[] keys = IntStream.range(0, KEYS).mapToObj(i -> "key-" + i).toArray(String[]::new);
    for (String key : keys) {
      plain.put(key, value);
      cache.put(key, Cached.Fresh.of(value), Optional.empty());
    }
    time("peer: Caffeine alone, hit", 1_000_000, i -> plain.getIfPresent(keys[i % KEYS]));
    time("named cache, hit in memory", 1_000_000, i -> cache.get(keys[i % KEYS]));
    time(
        "named cache, missing key found out once",
        200_000,
        i -> cache.get("new-" + i + System.nanoTime(), key -> Cached.Fresh.of(IntNode.valueOf(1))));
  }

  private void answers(Meaning meaning) throws Exception {
    Scope scope = Scope.of("key", "model", "You are kind.");
    ResponseCache exact =
        new ResponseCache(new NamedCache("answers", SETTINGS, Clock.systemUTC(), Optional.empty()));
    JsonNode request =
        Wire.mapper()
            .readTree(
                """
                {"model":"m","temperature":0,"messages":[{"role":"system","content":"You are kind."},
                 {"role":"user","content":"Which agents are unhealthy, and since when?"}]}
                """);
    exact.keep(scope, request, new TextNode("none"), Set.of());
    time(
        "response cache, exact hit (digest of the request and all)",
        100_000,
        i -> exact.find(scope, request));
    SemanticCache semantic =
        new SemanticCache(
            meaning, SemanticCache.USUAL_THRESHOLD, KEYS, Duration.ofHours(1), Clock.systemUTC());
    for (Pair pair : Pair.read("pairs.tsv")) {
      semantic.keep(scope, pair.first(), new TextNode(pair.second()));
    }
    semantic.keep(scope, "Which agents are unhealthy?", new TextNode("none"));
    String[] asked =
        IntStream.range(0, 40_000)
            .mapToObj(i -> "which agents are failing ".repeat(1) + " ".repeat(i % 7) + "?")
            .toArray(String[]::new);
    time(
        "semantic cache, hit among 250, text seen before",
        2_000,
        i -> semantic.find(scope, asked[i % asked.length]));
    time(
        "semantic cache, miss, text never seen (with its embedding)",
        200,
        i -> semantic.find(scope, "tell me something about item " + System.nanoTime()));
  }

  private void redis(int port) throws Exception {
    JsonNode value = new TextNode("x".repeat(1_024));
    try (RedisClient plain = RedisClient.create("127.0.0.1", port);
        RedisLevel level =
            new RedisLevel(
                "redis://127.0.0.1:" + port, Optional.empty(), "bench:", Clock.systemUTC())) {
      plain.set("plain", value.asText());
      Cached entry =
          new Cached(Optional.of(value), Set.of(), Clock.systemUTC().instant().plusSeconds(600));
      level.put("bench", "key", entry);
      time("peer: Redis by Jedis alone, get", 20_000, i -> plain.get("plain"));
      time("second level in Redis, hit", 20_000, i -> level.get("bench", "key"));
    }
  }

  private void time(String what, int times, IntFunction<?> action) {
    List<Double> rounds =
        IntStream.range(0, 6)
            .mapToObj(
                round -> {
                  long start = System.nanoTime();
                  for (int i = 0; i < times; i++) {
                    var _ = action.apply(i);
                  }
                  return (System.nanoTime() - start) / 1e3 / times;
                })
            .skip(1)
            .sorted()
            .toList();
    double micros = rounds.get(rounds.size() / 2);
    rows.append(String.format(Locale.ROOT, "| %s | %,.0f | %.2f |%n", what, 1e6 / micros, micros));
  }
}
