package dev.flotilla.hub.functional;

import static dev.flotilla.kernel.testing.TestFleet.optional;
import static dev.flotilla.kernel.testing.TestFleet.plain;
import static dev.flotilla.kernel.testing.TestFleet.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.hub.observability.ObservabilityHub;
import dev.flotilla.hub.registry.ServiceRegistry;
import dev.flotilla.hub.twin.SystemDigitalTwin;
import dev.flotilla.kernel.failure.OperationException;
import dev.flotilla.kernel.testing.TestFleet;
import dev.flotilla.kernel.wire.Wire;
import dev.flotilla.model.AgentState;
import dev.flotilla.model.Fleet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The three services over a real bus and real HTTP. */
@Tag("slow")
class FoundationTest {
  @TempDir Path state;
  private Foundation foundation;

  private final Fleet fleet =
      new TestFleet()
          .machine("pc1", "127.0.0.1", 24)
          .agent("MemoryAgent", 7140)
          .agent("Responder", 7100, "MemoryAgent")
          .add(optional(plain("<b>Face</b>", 5610)))
          .build();

  @BeforeEach
  void start() throws IOException {
    foundation = new Foundation(state, fleet);
    foundation.node().say(status("MemoryAgent", AgentState.HEALTHY));
    foundation.node().say(status("Responder", AgentState.HEALTHY));
    await().until(() -> ask(SystemDigitalTwin.NAME, "graph", Map.of()).at("/nodes").size() == 3);
  }

  @AfterEach
  void stop() {
    foundation.close();
  }

  @Test
  void theNodeIsAskedOnceForAllServicesOfOneJvm() {
    assertThat(foundation.node().fleetAsked()).isEqualTo(1);
  }

  @Test
  void aServiceStartedLaterKnowsTheFleetAtOnceAndTheOthersGoOn() {
    Map<String, Object> twin = Map.of("agent", SystemDigitalTwin.NAME);
    ask("host-foundation", "stop", twin);
    foundation.node().say(status("Responder", AgentState.FAILED));
    await()
        .untilAsserted(
            () ->
                assertThat(foundation.get(ObservabilityHub.NAME, "/health_summary").statusCode())
                    .isEqualTo(503));
    ask("host-foundation", "start", twin);
    assertThat(ask(SystemDigitalTwin.NAME, "state", Map.of("agent", "Responder")).toString())
        .contains("\"failed\"");
    assertThat(foundation.node().fleetAsked()).isEqualTo(1);
  }

  @Test
  void aRegistrationOutlivesTheRegistry() {
    Map<String, Object> registration =
        Map.of("name", "Tts", "instance", "r1", "ports", Map.of("main", 5562), "lease", 60);
    JsonNode lease = ask(ServiceRegistry.NAME, "register", registration);
    assertThat(lease.get("renewEvery").asInt()).isEqualTo(20);
    foundation.restart();
    assertThat(ask(ServiceRegistry.NAME, "port", Map.of("name", "TTS")).get("port").asInt())
        .isEqualTo(5562);
    assertThat(ask(ServiceRegistry.NAME, "renew", Map.of("name", "tts", "instance", "r1")))
        .isNotNull();
    ask(ServiceRegistry.NAME, "deregister", Map.of("name", "tts", "instance", "r1"));
    foundation.restart();
    assertThatThrownBy(() -> ask(ServiceRegistry.NAME, "port", Map.of("name", "TTS")))
        .isInstanceOf(OperationException.class)
        .hasMessageContaining("no agent and no registration named TTS");
  }

  @Test
  void watchersHearOnTheBusAndOverHttp() throws Exception {
    BlockingQueue<String> bus = new LinkedBlockingQueue<>();
    BlockingQueue<String> http = new LinkedBlockingQueue<>();
    try (var _ =
            foundation
                .bus()
                .subscribe("flotilla.event.registry.>", "", m -> bus.add(m.subject() + m.text()));
        Stream<String> lines = foundation.lines(ServiceRegistry.NAME, "/watch?name=tts")) {
      Thread reader = read(lines, http);
      await().until(() -> http.contains("event: instances"));
      ask(ServiceRegistry.NAME, "register", Map.of("name", "Tts", "instance", "r1"));
      assertThat(bus.poll(30, TimeUnit.SECONDS))
          .startsWith("flotilla.event.registry.tts{\"change\":\"registered\"");
      await().until(() -> http.contains("event: change"));
      reader.interrupt();
    }
  }

  @Test
  void theDeathOfAnAgentEndsItsRegistrations() {
    Map<String, Object> registration =
        Map.of("name", "Special", "agent", "MemoryAgent", "instance", "r1");
    ask(ServiceRegistry.NAME, "register", registration);
    foundation.node().say(status("MemoryAgent", AgentState.RESTARTING));
    await()
        .untilAsserted(
            () ->
                assertThat(
                        ask(ServiceRegistry.NAME, "discover", Map.of("name", "special"))
                            .get("instances"))
                    .isEmpty());
  }

  @Test
  void theTwinTellsWhatWouldBreak() {
    JsonNode broken =
        ask(SystemDigitalTwin.NAME, "what-if-agent-fails", Map.of("agent", "MEMORY_AGENT"));
    assertThat(broken.at("/effects/0/agent").asText()).isEqualTo("Responder@pc1");
    assertThat(broken.get("requiredHit").asInt()).isEqualTo(2);
    JsonNode placed =
        ask(
            SystemDigitalTwin.NAME,
            "what-if-model-placed",
            Map.of("model", "llama", "vram", 30L << 30));
    assertThat(placed.get("verdict").asText()).contains("6 GiB missing");
    assertThat(ask(SystemDigitalTwin.NAME, "drift", Map.of()).get("asDesired").asBoolean())
        .isFalse();
  }

  @Test
  void theTwinRemembersOverRestarts() {
    foundation.node().say(status("MemoryAgent", AgentState.DEGRADED));
    await().until(() -> historyOfMemoryAgent().size() == 2);
    foundation.restart();
    assertThat(historyOfMemoryAgent().size()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void theHealthSummaryIs200OnlyWhileAllRequiredAgentsAreFine() {
    await().until(() -> summary().statusCode() == 200);
    foundation.node().say(status("Responder", AgentState.CRASH_LOOP));
    await().until(() -> summary().statusCode() == 503);
    assertThat(summary().body()).contains("1 required agent is not fine");
  }

  @Test
  void aSilentNodeMakesEverythingStaleNeverGreen() {
    await().until(() -> summary().statusCode() == 200);
    foundation.node().close();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> summary().body().contains("No node is heard"));
    assertThat(summary().statusCode()).isEqualTo(503);
    String page = foundation.get(ObservabilityHub.NAME, "/").body();
    assertThat(page)
        .contains("stale (was healthy)")
        .doesNotContain("<tr id=\"agent-MemoryAgent@pc1\" class=\"fine\"");
  }

  @Test
  void thePageEscapesWhatAgentsAreCalledAndForbidsForeignScripts() {
    var response = foundation.get(ObservabilityHub.NAME, "/");
    assertThat(response.body()).contains("&lt;b&gt;Face&lt;/b&gt;").doesNotContain("<b>Face");
    assertThat(response.headers().firstValue("content-security-policy"))
        .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'"));
    for (String asset : List.of("hub.css", "hub.js", "hub.svg")) {
      assertThat(foundation.get(ObservabilityHub.NAME, "/assets/" + asset).statusCode())
          .isEqualTo(200);
    }
    assertThat(foundation.get(ObservabilityHub.NAME, "/assets/HubConfig.class").statusCode())
        .isEqualTo(404);
  }

  @Test
  void metricsHaveEveryAgent() {
    String metrics = foundation.get(ObservabilityHub.NAME, "/metrics").body();
    assertThat(metrics)
        .contains(
            "flotilla_agent_state{agent=\"MemoryAgent\",group=\"core\",machine=\"pc1\",flotilla_agent_state=\"healthy\"}"
                + " 1")
        .contains("flotilla_agent_restarts_total{agent=\"Responder\"")
        .contains("flotilla_node_silence_seconds{machine=\"pc1\"}");
  }

  @Test
  void streamsRowsThatChange() throws Exception {
    BlockingQueue<String> events = new LinkedBlockingQueue<>();
    try (Stream<String> lines = foundation.lines(ObservabilityHub.NAME, "/events")) {
      Thread reader = read(lines, events);
      await().until(() -> events.contains("event: summary"));
      foundation.node().say(status("Responder", AgentState.FAILED));
      await()
          .untilAsserted(
              () ->
                  assertThat(events)
                      .anyMatch(l -> l.startsWith("data: {\"id\":\"agent-Responder@pc1\"")));
      reader.interrupt();
    }
  }

  /** Until the stream ends or is closed. */
  private static Thread read(Stream<String> lines, BlockingQueue<String> into) {
    return Thread.startVirtualThread(
        () -> {
          try {
            lines.forEach(into::add);
          } catch (UncheckedIOException closed) {
            into.add("closed");
          }
        });
  }

  private JsonNode historyOfMemoryAgent() {
    return ask(SystemDigitalTwin.NAME, "history", Map.of("agent", "MemoryAgent")).get("changes");
  }

  private java.net.http.HttpResponse<String> summary() {
    return foundation.get(ObservabilityHub.NAME, "/health_summary");
  }

  private JsonNode ask(String service, String operation, Map<String, Object> request) {
    return foundation.calls().call(service, operation, Wire.tree(request), JsonNode.class);
  }
}
