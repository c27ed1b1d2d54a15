package dev.flotilla.cli.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.model.Json;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobTextTest {
  private static final Instant NOW = Instant.parse("2026-01-01T02:30:00Z");

  private static JsonNode job(String state, String more) throws Exception {
    return Json.mapper()
        .readTree(
            """
            {"id":"j1","kind":"mail","state":"%s","attempts":1,"maxAttempts":5,"worker":"w1",
             "createdAt":"2026-01-01T00:00:00Z","needs":[]%s}
            """
                .formatted(state, more));
  }

  @Test
  void aLineSaysWhyAJobIsWhereItIs() throws Exception {
    assertThat(JobText.line(job("queued", ""))).isEqualTo("j1  mail  queued");
    assertThat(JobText.line(job("running", ""))).isEqualTo("j1  mail  running  by w1");
    assertThat(
            JobText.line(job("running", ",\"progress\":0.5,\"note\":\"half\",\"error\":\"old\"")))
        .isEqualTo("j1  mail  running 50 %  half");
    assertThat(JobText.line(job("dead", ",\"error\":\"no route\\nat line 7\"")))
        .isEqualTo("j1  mail  dead  no route");
    assertThat(JobText.line(job("done", ",\"result\":{\"sent\":true}")))
        .isEqualTo("j1  mail  done  {\"sent\":true}");
    assertThat(JobText.line(job("blocked", "").deepCopy()).length()).isLessThan(30);
  }

  @Test
  void whatWaitsSaysForWhom() throws Exception {
    JsonNode waits =
        Json.mapper()
            .readTree(
                "{\"id\":\"j2\",\"kind\":\"mail\",\"state\":\"blocked\",\"needs\":[\"j1\",\"j0\"]}");
    assertThat(JobText.line(waits)).isEqualTo("j2  mail  blocked  waits for j1 and 1 more");
  }

  @Test
  void aTableHasTheAgeOfEach() throws Exception {
    List<String> lines =
        JobText.table(Json.mapper().createArrayNode().add(job("dead", "")), NOW).lines(120, false);
    assertThat(lines.get(1)).contains("1 of 5", "2 h");
  }

  @Test
  void knowsAnEnd() throws Exception {
    assertThat(JobText.isEnd(job("cancelled", ""))).isTrue();
    assertThat(JobText.isEnd(job("blocked", ""))).isFalse();
  }
}
