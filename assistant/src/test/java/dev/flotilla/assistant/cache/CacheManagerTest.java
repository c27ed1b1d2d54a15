package dev.flotilla.assistant.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.bus.Message;
import dev.flotilla.kernel.testing.TestHost;
import dev.flotilla.kernel.wire.Wire;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service as others see it, over the bus. */
class CacheManagerTest {
  @TempDir Path state;
  private TestHost host;

  @BeforeEach
  void start() {
    host =
        TestHost.start(
            CacheManager.factory(),
            state,
            Map.of(
                "caches",
                Map.of(
                    "prompts", Map.of("size", 100, "ttl", "1m", "refreshAhead", "10s"),
                    "models",
                        Map.of("invalidateOn", Map.of("model.*", "catalogue", "flag.>", "*")))));
  }

  @AfterEach
  void stop() {
    host.close();
  }

  private JsonNode get(String cache, String key) {
    return host.call("get", Map.of("cache", cache, "key", key));
  }

  private void put(String cache, String key, Object value, String... tags) {
    host.call("put", Map.of("cache", cache, "key", key, "value", value, "tags", List.of(tags)));
  }

  @Test
  void aValueGoesInAndOutAndEnds() {
    JsonNode first = get("prompts", "a");
    assertThat(first.path("known").asBoolean()).isFalse();
    String ticket = first.path("ticket").asText();
    host.call("put", Map.of("cache", "prompts", "key", "a", "value", 7, "ticket", ticket));
    assertThat(get("prompts", "a").path("value").asInt()).isEqualTo(7);
    assertThat(
            host.call("invalidate", Map.of("cache", "prompts", "keys", List.of("a")))
                .path("entries")
                .asInt())
        .isEqualTo(1);
    assertThat(get("prompts", "a").path("known").asBoolean()).isFalse();
    JsonNode statistics = host.call("statistics", Map.of()).path("caches").path(1);
    assertThat(statistics.path("cache").asText()).isEqualTo("prompts");
    assertThat(statistics.path("hits").asInt()).isEqualTo(1);
  }

  @Test
  void thatThereIsNoneCanBeKept() {
    host.call("put", Map.of("cache", "prompts", "key", "a"));
    JsonNode none = get("prompts", "a");
    assertThat(none.path("known").asBoolean()).isTrue();
    assertThat(none.has("value")).isFalse();
  }

  @Test
  void eventsOfOthersEndWhatTheyConcern() {
    put("models", "list", 1, "catalogue");
    put("models", "other", 1);
    host.bus().publish(Message.of("flotilla.event.model.loaded", "{}"));
    Awaitility.await().until(() -> !get("models", "list").path("known").asBoolean());
    assertThat(get("models", "other").path("known").asBoolean()).isTrue();
    host.bus().publish(Message.of("flotilla.event.flag.use.it", "{}"));
    Awaitility.await().until(() -> !get("models", "other").path("known").asBoolean());
  }

  @Test
  void otherAgentsHearOfWhatEndsAndAreHeard() {
    List<String> heard = Collections.synchronizedList(new ArrayList<>());
    var _ = host.bus().subscribe("flotilla.event.cache.prompts", "", m -> heard.add(m.text()));
    host.call("invalidate", Map.of("cache", "prompts", "tags", List.of("t")));
    assertThat(heard).singleElement().asString().contains("\"tags\":[\"t\"]");
    put("prompts", "a", 1, "t");
    host.bus()
        .publish(
            Message.of(
                "flotilla.event.cache.prompts",
                Wire.json(
                    new Invalidation("prompts", List.of(), List.of("t"), false, "somebody"))));
    Awaitility.await().until(() -> !get("prompts", "a").path("known").asBoolean());
  }

  @Test
  void mistakesAreToldWithWhatToDo() {
    refused("get", Map.of("cache", "promts", "key", "a"), "did you mean \"prompts\"?");
    refused("get", Map.of("cache", "prompts", "key", ""), "1 to 1000");
    refused("invalidate", Map.of("cache", "prompts"), "say \"all\": true");
    refused("put", Map.of("cache", "prompts", "key", "a", "value", 1, "ttl", 0), "leave it out");
    assertThatThrownBy(
            () ->
                TestHost.start(
                    CacheManager.factory(),
                    state,
                    Map.of("caches", Map.of("a", Map.of("ttl", "10s", "refreshAhead", "20s")))))
        .hasMessageContaining("refreshAhead must be shorter than ttl");
  }

  private void refused(String operation, Object request, String why) {
    assertThatThrownBy(() -> host.call(operation, request)).hasMessageContaining(why);
  }

  @Test
  void statisticsAreAPage() throws Exception {
    HttpResponse<String> page =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + host.port() + "/caches"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(page.body()).contains("\"cache\":\"prompts\"");
  }
}
