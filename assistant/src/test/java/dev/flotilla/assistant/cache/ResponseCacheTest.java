package dev.flotilla.assistant.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.flotilla.kernel.testing.FakeTime;
import dev.flotilla.kernel.wire.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResponseCacheTest {
  private static final Scope SCOPE = Scope.of("key", "m", "be kind");
  private final NamedCache cache =
      new NamedCache(
          "answers",
          CacheSettings.of(100, Duration.ofMinutes(1)),
          new FakeTime(),
          Optional.empty());
  private final ResponseCache answers = new ResponseCache(cache);

  private static JsonNode json(String text) throws Exception {
    return Wire.mapper().readTree(text);
  }

  @Test
  void theSameRequestHasTheSameAnswerHoweverItIsWritten() throws Exception {
    answers.keep(
        SCOPE,
        json("{\"model\":\"m\",\"temperature\":0.0,\"stop\":[\"a\",\"b\"]}"),
        new TextNode("x"),
        Set.of("m"));
    assertThat(
            answers.find(
                SCOPE,
                json(
                    "{\"stop\":[\"a\",\"b\"],"
                        + " \"stream\":true,\"temperature\":0,\"model\":\"m\",\"user\":\"u\"}")))
        .contains(new TextNode("x"));
    assertThat(
            answers.find(SCOPE, json("{\"model\":\"m\",\"temperature\":0,\"stop\":[\"b\",\"a\"]}")))
        .isEmpty();
    assertThat(answers.find(SCOPE, json("{\"model\":\"m\",\"temperature\":1e999999999}")))
        .isEmpty();
    cache.invalidate(new Invalidation("answers", List.of(), List.of("m"), false, ""));
    assertThat(
            answers.find(SCOPE, json("{\"model\":\"m\",\"temperature\":0,\"stop\":[\"a\",\"b\"]}")))
        .isEmpty();
  }

  @Test
  void whatWasSaidToOneIsNotSaidToAnother() throws Exception {
    JsonNode request = json("{\"model\":\"m\"}");
    answers.keep(SCOPE, request, new TextNode("x"), Set.of());
    assertThat(answers.find(Scope.of("other", "m", "be kind"), request)).isEmpty();
    assertThat(answers.find(Scope.of("key", "m2", "be kind"), request)).isEmpty();
    assertThat(answers.find(Scope.of("key", "m", "be rude"), request)).isEmpty();
  }
}
