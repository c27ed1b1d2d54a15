package dev.flotilla.assistant.cache.semantic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.flotilla.assistant.cache.Scope;
import dev.flotilla.assistant.embedding.Meaning;
import dev.flotilla.assistant.embedding.MiniLm;
import dev.flotilla.assistant.embedding.RememberedMeaning;
import dev.flotilla.kernel.testing.FakeTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SemanticCacheTest {
  private static final Scope SCOPE = Scope.of("key", "m", "be kind");
  @TempDir static Path folder;
  private static MiniLm model;
  private static Meaning meaning;

  private final FakeTime time = new FakeTime();
  private SemanticCache cache;

  @BeforeAll
  static void open() {
    model = new MiniLm(folder);
    meaning = new RememberedMeaning(model, 1_000);
  }

  @BeforeEach
  void empty() {
    cache =
        new SemanticCache(meaning, SemanticCache.USUAL_THRESHOLD, 100, Duration.ofMinutes(1), time);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private Optional<String> found(String text) {
    return cache.find(SCOPE, text).map(hit -> hit.answer().asText());
  }

  @Test
  void theSameInOtherWordsIsFoundInItsScopeAndItsTime() {
    cache.keep(SCOPE, "Which agents are unhealthy?", new TextNode("none"));
    assertThat(found("please tell me which agents are unhealthy")).contains("none");
    assertThat(found("Which agents are healthy?")).isEmpty();
    assertThat(cache.find(Scope.of("other", "m", "be kind"), "Which agents are unhealthy?"))
        .isEmpty();
    time.advance(Duration.ofMinutes(2));
    assertThat(found("Which agents are unhealthy?")).isEmpty();
  }

  @Test
  void whatIsTooLongToBeSeenWholeIsNeitherKeptNorFound() {
    String most = "word ".repeat(MiniLm.MOST_PIECES - 2);
    cache.keep(SCOPE, most + "yes", new TextNode("x"));
    assertThat(found(most + "yes")).isEmpty();
    cache.keep(SCOPE, most, new TextNode("x"));
    assertThat(found(most)).contains("x");
    assertThat(found(most + "no")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "approve refund, deny refund",
    "Enable GPU 0, Disable GPU 0",
    "Enable GPU 0, Enable GPU 1",
    "Delete the logs, Do not delete the logs",
    "Restart Translator, Restart Memory",
    "restart translator, restart memory",
    "Translate from English to German, Translate from German to English",
    "Which server is the fastest?, Which server is the slowest?",
    "Who did Germany beat?, Who beat Germany?",
    "limit memory to 4 GiB, limit memory to 4 MiB",
    "delete logs, delete old logs",
    "read /etc/passwd, read /etc/hosts",
    "When was it built?, Where was it built?",
    "x > 5, x < 5"
  })
  void aQuestionThatOnlyLooksAlikeIsAnother(String kept, String asked) {
    cache.keep(SCOPE, kept, new TextNode("x"));
    assertThat(found(asked)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Restart the translator, please restart the translator",
    "What is the capital of France?, Tell me the capital of France",
    "Show the last 10 log lines, show me the last ten log lines",
    "Delete the logs, please erase the logs",
    "Do not delete the logs, don't delete the logs",
    "Which server is the biggest?, Which server is the largest?"
  })
  void aQuestionInOtherWordsIsTheSame(String kept, String asked) {
    cache.keep(SCOPE, kept, new TextNode("x"));
    assertThat(found(asked)).contains("x");
  }
}
