package dev.flotilla.assistant.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.flotilla.kernel.testing.FakeTime;
import dev.flotilla.model.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class NamedCacheTest {
  private final FakeTime time = new FakeTime();

  private NamedCache cache(CacheSettings settings) {
    return new NamedCache("test", settings, time, Optional.empty());
  }

  private NamedCache cache() {
    return cache(CacheSettings.of(100, Duration.ofMinutes(10)));
  }

  private static CacheSettings settings(Duration refreshAhead, Duration negative) {
    return new CacheSettings(
        Optional.empty(),
        Optional.empty(),
        Optional.of(Duration.ofMinutes(10)),
        Optional.of(refreshAhead),
        Optional.of(negative),
        Map.of(),
        Optional.empty());
  }

  private static Cached.Fresh fresh(String value, String... tags) {
    return Cached.Fresh.of(new TextNode(value), tags);
  }

  private static Invalidation of(List<String> keys, List<String> tags, boolean all) {
    return new Invalidation("test", keys, tags, all, "");
  }

  private static Optional<String> text(NamedCache cache, String key) {
    return cache.get(key).flatMap(Cached::value).map(v -> v.asText());
  }

  @Test
  void keepsUntilItsTimeIsOver() {
    NamedCache cache = cache();
    cache.put("a", fresh("1"), Optional.empty());
    cache.put(
        "b",
        new Cached.Fresh(
            Optional.of(new TextNode("2")), java.util.Set.of(), Optional.of(Duration.ofSeconds(5))),
        Optional.empty());
    time.advance(Duration.ofSeconds(6));
    assertThat(text(cache, "a")).contains("1");
    assertThat(cache.get("b")).isEmpty();
    time.advance(Duration.ofMinutes(10));
    assertThat(cache.get("a")).isEmpty();
    assertThat(cache.statistics().hits()).isEqualTo(1);
    assertThat(cache.statistics().misses()).isEqualTo(2);
  }

  @Test
  void thatThereIsNoneIsKnownForAShorterTime() {
    NamedCache cache = cache(settings(Duration.ofSeconds(1), Duration.ofSeconds(20)));
    cache.put("a", Cached.Fresh.missing(), Optional.empty());
    assertThat(cache.get("a").orElseThrow().value()).isEmpty();
    time.advance(Duration.ofSeconds(21));
    assertThat(cache.get("a")).isEmpty();
  }

  @Test
  void keepsNoMoreThanItMay() {
    NamedCache few = cache(CacheSettings.of(10, Duration.ofMinutes(1)));
    for (int i = 0; i < 100; i++) {
      few.put("k" + i, fresh("v"), Optional.empty());
    }
    assertThat(few.statistics().entries()).isEqualTo(10);
    assertThat(few.statistics().evicted()).isEqualTo(90);
    NamedCache light =
        cache(
            new CacheSettings(
                Optional.empty(),
                Optional.of(new Bytes(10_000)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty()));
    for (int i = 0; i < 100; i++) {
      light.put("k" + i, fresh("v".repeat(1_000)), Optional.empty());
    }
    assertThat(light.statistics().bytes()).isBetween(1L, 10_000L);
    light.put("huge", fresh("v".repeat(20_000)), Optional.empty());
    assertThat(light.get("huge")).isEmpty();
  }

  @Test
  void ofManyWhoAskOneFindsOut() throws Exception {
    NamedCache cache = cache();
    AtomicInteger asked = new AtomicInteger();
    CountDownLatch all = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Cached>> answers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        answers.add(
            threads.submit(
                () ->
                    cache.get(
                        "a",
                        key -> {
                          asked.incrementAndGet();
                          awaitQuietly(all);
                          return fresh("1");
                        })));
      }
      Awaitility.await().until(() -> cache.statistics().joined() == 49);
      all.countDown();
      for (Future<Cached> answer : answers) {
        assertThat(answer.get().value()).contains(new TextNode("1"));
      }
    }
    assertThat(asked).hasValue(1);
  }

  @Test
  void whatFailsIsToldToAllAndNotKept() {
    NamedCache cache = cache();
    assertThatThrownBy(
            () ->
                cache.get(
                    "a",
                    key -> {
                      throw new IllegalStateException("no upstream");
                    }))
        .hasMessage("no upstream");
    assertThat(cache.get("a", key -> fresh("1")).value()).contains(new TextNode("1"));
  }

  @Test
  void nearItsEndAnEntryIsMadeAnewBesideAndOnce() {
    NamedCache cache = cache(settings(Duration.ofMinutes(1), Duration.ofSeconds(5)));
    cache.get("a", key -> fresh("old"));
    time.advance(Duration.ofMinutes(9).plusSeconds(30));
    assertThat(cache.get("a", key -> fresh("new")).value()).contains(new TextNode("old"));
    Awaitility.await().until(() -> text(cache, "a").equals(Optional.of("new")));
    assertThat(cache.statistics().refreshes()).isEqualTo(1);
    time.advance(Duration.ofMinutes(5));
    assertThat(text(cache, "a")).contains("new");
  }

  @Test
  void endsByKeyByTagAndAll() {
    NamedCache cache = cache();
    cache.put("a", fresh("1", "model:x"), Optional.empty());
    cache.put("b", fresh("2", "model:x", "user:1"), Optional.empty());
    cache.put("c", fresh("3", "user:1"), Optional.empty());
    cache.put("d", fresh("4"), Optional.empty());
    assertThat(cache.invalidate(of(List.of("d"), List.of(), false))).isEqualTo(1);
    assertThat(cache.invalidate(of(List.of(), List.of("model:x"), false))).isEqualTo(2);
    assertThat(text(cache, "c")).contains("3");
    assertThat(cache.invalidate(of(List.of(), List.of(), true))).isEqualTo(1);
  }

  @Test
  void whatWasOvertakenWhileItWasFoundOutIsGivenAndNotKept() {
    NamedCache cache = cache();
    Cached given =
        cache.get(
            "a",
            key -> {
              cache.invalidate(of(List.of(), List.of("model:x"), false));
              return fresh("stale", "model:x");
            });
    assertThat(given.value()).contains(new TextNode("stale"));
    assertThat(cache.get("a")).isEmpty();
  }

  @Test
  void whoFindsOutElsewhereHasATicketAndTheOthersWait() throws Exception {
    NamedCache cache = cache();
    String ticket = cache.look("a", Duration.ZERO).ticket().orElseThrow();
    assertThat(cache.look("a", Duration.ZERO))
        .isEqualTo(new NamedCache.Look(Optional.empty(), Optional.empty()));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<NamedCache.Look> waits = threads.submit(() -> cache.look("a", Duration.ofMinutes(1)));
      Awaitility.await().until(() -> cache.statistics().joined() == 2);
      cache.put("a", fresh("1"), Optional.of(ticket));
      assertThat(waits.get().found().orElseThrow().value()).contains(new TextNode("1"));
    }
  }

  @Test
  void aTicketThatIsGivenUpOrForgottenGoesToTheNext() throws Exception {
    NamedCache cache = cache();
    String first = cache.look("a", Duration.ZERO).ticket().orElseThrow();
    assertThat(cache.giveUp("a", first)).isTrue();
    String second = cache.look("a", Duration.ZERO).ticket().orElseThrow();
    time.advance(Duration.ofSeconds(31));
    assertThat(cache.look("a", Duration.ZERO).ticket())
        .isPresent()
        .isNotEqualTo(Optional.of(second));
    assertThat(cache.giveUp("a", second)).isFalse();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
