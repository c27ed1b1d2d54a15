package dev.flotilla.assistant.cache;

import dev.flotilla.kernel.ServiceContext;
import dev.flotilla.kernel.wire.Wire;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.resps.ScanResult;

/**
 * Redis behind the caches. While it cannot be reached it is asked again only now and then, and what
 * was invalidated meanwhile is ended there first when it is back, before anything is read from it.
 * Thread-safe.
 */
public final class RedisLevel implements SecondLevel {
  private static final Logger log = LoggerFactory.getLogger(RedisLevel.class);
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final Duration REST = Duration.ofSeconds(2);
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final int MOST_OWED = 10_000;

  private final RedisClient redis;
  private final String address;
  private final String prefix;
  private final Clock clock;
  private final List<Invalidation> owed = new ArrayList<>();
  private Optional<String> trouble = Optional.empty();
  private Instant askAgain = Instant.MIN;

  /**
   * Does not connect yet.
   *
   * @param url {@code redis://host:port} or {@code rediss://…} with TLS
   * @param password from the environment, where it needs one
   * @param prefix of all keys, so that several fleets may share a Redis
   * @throws IllegalArgumentException when the URL is none, or holds a password
   */
  public RedisLevel(String url, Optional<String> password, String prefix, Clock clock) {
    URI uri = read(url);
    this.address = uri.getHost() + ":" + (uri.getPort() < 0 ? 6379 : uri.getPort());
    this.prefix = prefix;
    this.clock = clock;
    DefaultJedisClientConfig.Builder config =
        DefaultJedisClientConfig.builder()
            .connectionTimeoutMillis((int) PATIENCE.toMillis())
            .socketTimeoutMillis((int) PATIENCE.toMillis());
    if (uri.getScheme().equals("rediss")) {
      config.sslOptions(SslOptions.defaults());
    }
    password.ifPresent(config::password);
    JedisClientConfig settings = config.build();
    this.redis =
        RedisClient.builder().hostAndPort(HostAndPort.from(address)).clientConfig(settings).build();
  }

  /**
   * The one a service is configured with, for as long as the service runs: for all of its fleet,
   * the password from its environment, looked at every few seconds.
   *
   * @param url empty for none
   */
  public static Optional<SecondLevel> of(String url, ServiceContext context) {
    if (url.isEmpty()) {
      return Optional.empty();
    }
    RedisLevel level =
        context.keep(
            new RedisLevel(
                url,
                Optional.ofNullable(context.environment().get("REDIS_PASSWORD")),
                "flotilla:" + context.fleet() + ":",
                context.clock()));
    context.every(LOOK, level::look);
    return Optional.of(level);
  }

  /** Finds out whether it can be reached, and tells it what it still has to end. */
  private void look() {
    var _ = ask(RedisClient::ping, "");
  }

  private static URI read(String url) {
    URI uri = URI.create(url.strip());
    if (uri.getScheme() == null || !uri.getScheme().matches("rediss?") || uri.getHost() == null) {
      throw new IllegalArgumentException(
          "redis: \"%s\" is no address of a Redis; expected redis://host:port".formatted(url));
    }
    if (uri.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "redis: a password in the URL would be seen by all who see the manifest; put it into the"
              + " agent's environment as REDIS_PASSWORD");
    }
    return uri;
  }

  @Override
  public Optional<Cached> get(String cache, String key) {
    return ask(
        r -> Optional.ofNullable(r.get(name(cache, key))).flatMap(RedisLevel::read),
        Optional.empty());
  }

  private static Optional<Cached> read(byte[] json) {
    try {
      return Optional.of(Wire.read(json, Cached.class));
    } catch (UncheckedIOException e) {
      log.warn("An entry in Redis is none of ours and is passed over: {}", e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public void put(String cache, String key, Cached entry) {
    long good = Duration.between(clock.instant(), entry.until()).toMillis();
    if (good > 0) {
      var _ =
          ask(
              r -> {
                for (String tag : entry.tags()) {
                  r.sadd(tagged(cache, tag), name(cache, key));
                  r.pexpire(tagged(cache, tag), Duration.ofDays(8).toMillis());
                }
                return r.set(name(cache, key), Wire.json(entry), SetParams.setParams().px(good));
              },
              "");
    }
  }

  @Override
  public void invalidate(Invalidation invalidation) {
    synchronized (owed) {
      if (owed.size() < MOST_OWED) {
        owed.add(invalidation);
      } else {
        owed.clear();
        owed.add(new Invalidation("", List.of(), List.of(), true, ""));
      }
    }
    var _ = ask(r -> "", "");
  }

  /** Asks Redis unless it failed a moment ago; first it is told what it still has to end. */
  private <T> T ask(Function<RedisClient, T> question, T otherwise) {
    if (resting()) {
      return otherwise;
    }
    try {
      settle();
      T answer = question.apply(redis);
      recovered();
      return answer;
    } catch (JedisException e) {
      failed(e);
      return otherwise;
    }
  }

  private void settle() {
    synchronized (owed) {
      while (!owed.isEmpty()) {
        end(owed.getFirst());
        owed.removeFirst();
      }
    }
  }

  private void end(Invalidation invalidation) {
    String cache = invalidation.cache();
    if (invalidation.all()) {
      unlinkAll(cache.isEmpty() ? prefix : prefix + "entry:" + cache + ":");
      return;
    }
    for (String key : invalidation.keys()) {
      redis.unlink(name(cache, key));
    }
    for (String tag : invalidation.tags()) {
      for (byte[] name : redis.smembers(tagged(cache, tag))) {
        redis.unlink(name);
      }
      redis.unlink(tagged(cache, tag));
    }
  }

  private void unlinkAll(String beginning) {
    ScanParams pattern =
        new ScanParams()
            .match(beginning.replaceAll("([\\[\\]*?\\\\])", "\\\\$1") + "*")
            .count(1_000);
    byte[] cursor = ScanParams.SCAN_POINTER_START_BINARY;
    do {
      ScanResult<byte[]> page = redis.scan(cursor, pattern);
      page.getResult().forEach(redis::unlink);
      cursor = page.getCursorAsBytes();
    } while (!Arrays.equals(cursor, ScanParams.SCAN_POINTER_START_BINARY));
  }

  private synchronized boolean resting() {
    return clock.instant().isBefore(askAgain);
  }

  private synchronized void recovered() {
    if (trouble.isPresent()) {
      log.info("Redis at {} is there again", address);
      trouble = Optional.empty();
    }
  }

  private synchronized void failed(JedisException e) {
    askAgain = clock.instant().plus(REST);
    String why = "Redis at %s cannot be reached (%s)".formatted(address, e.getMessage());
    if (trouble.isEmpty()) {
      log.warn("{}; caches keep in memory only until it is back", why);
    }
    trouble = Optional.of(why + "; caches keep in memory only");
  }

  @Override
  public synchronized Optional<String> trouble() {
    return trouble;
  }

  private byte[] name(String cache, String key) {
    return (prefix + "entry:" + cache + ":" + key).getBytes(StandardCharsets.UTF_8);
  }

  private byte[] tagged(String cache, String tag) {
    return (prefix + "tag:" + cache + ":" + tag).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    redis.close();
  }
}
