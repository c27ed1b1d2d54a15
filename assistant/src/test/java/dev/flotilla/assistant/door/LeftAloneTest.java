package dev.flotilla.assistant.door;

import static dev.flotilla.assistant.door.DoorSetup.said;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Which targets are left alone after they failed, for how long, and who else is not. */
final class LeftAloneTest extends DoorCase {
  @Override
  String router() {
    return """
    targets:
      first: {url: '%s'}
      second: {url: '%s', model: larger}
    tasks:
      heavy_tasks: {patterns: [code_generation], target: first, fallback: second}
      light_tasks: {target: builtin}
    """
        .formatted(first.url(), second.url());
  }

  @Test
  void aTargetThatAsksToBeLeftAloneIsLeftAlone() {
    first.then(ScriptedUpstream.fails(429, "Retry-After: 30\r\n"));
    second.then(ScriptedUpstream.answers("second"));
    assertThat(said(door.chat("heavy_tasks", "x"))).isEqualTo("second");
    assertThat(said(door.chat("heavy_tasks", "x"))).isEqualTo("second");
    HttpResponse<String> meanwhile = door.chat("heavy_tasks", "x");
    assertThat(door.explain(meanwhile).path("attempts").findValuesAsText("outcome"))
        .containsExactly("passed over", "answered");
    assertThat(first.requests()).hasSize(1);
    HttpResponse<String> alone = door.chat("first", "x");
    assertThat(alone.statusCode()).isEqualTo(503);
    assertThat(Long.parseLong(alone.headers().firstValue("retry-after").orElseThrow()))
        .isBetween(25L, 30L);
  }

  @Test
  void aDateUntilWhichATargetIsToBeLeftAloneIsMeantByItsOwnClock() {
    first.then(
        ScriptedUpstream.fails(
            429,
            """
            Date: Sun, 06 Nov 1994 08:49:07 GMT\r
            Retry-After: Sun, 06 Nov 1994 08:49:37 GMT\r
            """));
    second.then(ScriptedUpstream.answers("second"));
    assertThat(said(door.chat("heavy_tasks", "x"))).isEqualTo("second");
    assertThat(said(door.chat("heavy_tasks", "x"))).isEqualTo("second");
    assertThat(first.requests()).hasSize(1);
    assertThat(door.chat("first", "x").headers().firstValue("retry-after").map(Long::parseLong))
        .hasValueSatisfying(wait -> assertThat(wait).isBetween(20L, 30L));
  }

  @Test
  void fiveFailuresInARowOpenTheBreaker() {
    first.then(ScriptedUpstream.fails(500, ""));
    second.then(ScriptedUpstream.answers("second"));
    for (int i = 0; i < 5; i++) {
      door.chat("heavy_tasks", "x");
    }
    HttpResponse<String> answer = door.chat("heavy_tasks", "x");
    assertThat(first.requests()).hasSize(5);
    assertThat(door.explain(answer).at("/breakers/first").asText()).isEqualTo("open");
    assertThat(door.get("/metrics").body())
        .contains("flotilla_target_breaker_state{target=\"first\"} 2.0");
  }

  @Test
  void aModelThatFailsKeepsNobodyFromTheOthersOfItsServer() {
    first.then(
        (request, out, socket) -> {
          if (request.body().contains("broken")) {
            ScriptedUpstream.fails(500, "").play(request, out, socket);
          } else if (request.body().contains("limited")) {
            ScriptedUpstream.fails(429, "Retry-After: 60\r\n").play(request, out, socket);
          } else {
            ScriptedUpstream.text(out, "good");
          }
        });
    for (int i = 0; i < 6; i++) {
      assertThat(door.chat("first/broken", "x").statusCode()).isEqualTo(503);
      assertThat(door.chat("first/limited", "x").statusCode()).isGreaterThanOrEqualTo(429);
    }
    assertThat(first.requests()).hasSize(5 + 1);
    HttpResponse<String> broken = door.chat("first/broken", "x");
    assertThat(door.explain(broken).at("/breakers").path("first/broken").asText())
        .isEqualTo("open");
    assertThat(said(door.chat("first/other", "x"))).isEqualTo("good");
    assertThat(said(door.chat("first", "x"))).isEqualTo("good");
  }

  @Test
  void modelsThatClientsMakeUpFillNoMemory() {
    first.then(ScriptedUpstream.fails(429, "Retry-After: 60\r\n"));
    for (int i = 0; i < 600; i++) {
      assertThat(door.chat("first/made-up-" + i, "x").statusCode()).isEqualTo(429);
    }
    assertThat(door.get("/metrics").body().lines())
        .filteredOn(line -> line.startsWith("flotilla_target_breaker_state{"))
        .hasSizeBetween(1, 500);
    assertThat(door.chat("first/" + "m".repeat(1_000), "x").body())
        .contains("model is ", "…", "at most 500 characters")
        .hasSizeLessThan(400);
  }
}
