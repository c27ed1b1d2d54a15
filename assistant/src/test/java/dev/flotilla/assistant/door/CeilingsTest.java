package dev.flotilla.assistant.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a task may cost and how long it may take, and who gets a canary. */
final class CeilingsTest {
  @TempDir private Path state;

  private ScriptedUpstream dear;
  private ScriptedUpstream cheap;
  private DoorSetup door;

  @BeforeEach
  void open() throws IOException {
    dear = new ScriptedUpstream();
    cheap = new ScriptedUpstream();
    door =
        new DoorSetup(
            state,
            """
            targets:
              dear: {url: '%1$s', input_price: 1000, output_price: 1000}
              cheap: {url: '%2$s', input_price: 1, output_price: 1}
              some: {weights: {dear: 1, cheap: 9}}
            tasks:
              thrifty: {target: dear, fallback: cheap, most_cost: 0.01}
              penniless: {target: dear, most_cost: 0.0001}
              hasty: {target: cheap, most_latency: 300ms}
              canary: {target: some}
            """
                .formatted(dear.url(), cheap.url()));
  }

  @AfterEach
  void close() throws IOException {
    door.close();
    dear.close();
    cheap.close();
  }

  @Test
  void aTargetThatWouldCostTooMuchIsPassedOverWithItsReason() {
    HttpResponse<String> answer = door.chat("thrifty", "x");
    assertThat(DoorSetup.said(answer)).isEqualTo("hello");
    assertThat(dear.requests()).isEmpty();
    JsonNode attempt = door.explain(answer).path("attempts").path(0);
    assertThat(attempt.path("outcome").asText()).isEqualTo("passed over");
    assertThat(attempt.path("reason").asText()).contains("it would cost about").contains("0.01");
  }

  @Test
  void whenEveryTargetCostsTooMuchThatIsSaid() {
    HttpResponse<String> answer = door.chat("penniless", "x");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("no_target").contains("penniless would cost more than");
  }

  @Test
  void whatTakesLongerThanItsTaskMayIsEnded() {
    cheap.then(ScriptedUpstream.waitsFor(new CountDownLatch(1)));
    HttpResponse<String> answer = door.chat("hasty", "x");
    assertThat(answer.statusCode()).isEqualTo(504);
  }

  @Test
  void aTenthOfTheSessionsGoesToTheCanaryAndStaysThere() {
    Set<String> byCanary = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      String session = "s" + i % 100;
      HttpResponse<String> answer = door.chat("canary", "x", "X-Flotilla-Session", session);
      String target = answer.headers().firstValue("x-flotilla-target").orElseThrow();
      if (i < 100 && target.equals("dear")) {
        byCanary.add(session);
      }
      if (i >= 100) {
        assertThat(target.equals("dear")).isEqualTo(byCanary.contains(session));
      }
    }
    assertThat(byCanary).hasSizeBetween(2, 25);
  }
}
