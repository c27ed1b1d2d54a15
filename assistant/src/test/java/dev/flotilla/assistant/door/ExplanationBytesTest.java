package dev.flotilla.assistant.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.assistant.upstream.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExplanationBytesTest {
  private static final Explanation FULL =
      new Explanation(
          "req-1",
          Instant.parse("2026-03-01T10:15:30.123456789Z"),
          "Zoë's key",
          "chat",
          Optional.of("gpt-😀".repeat(30_000)),
          true,
          "answered",
          Optional.of("mock"),
          Optional.of(
              new Explanation.Routing(
                  "heavy", List.of("mock", "builtin"), "the rule \"fox\" matches", 0.85)),
          List.of(
              new Explanation.Attempt("local", "failed", "HTTP 500", 0, 1.5),
              new Explanation.Attempt("mock", "answered", "it is the first choice", 200, 0.25)),
          Map.of("mock", "closed"),
          "miss, kept",
          Map.of("total", 12.345),
          new Usage(1, 2, 3, 4, true),
          new Explanation.Beside(5, 6, 0.7),
          1e-9,
          Optional.of("late"));

  private static final Explanation EMPTY =
      new Explanation(
          "",
          Instant.EPOCH,
          "",
          "",
          Optional.empty(),
          false,
          "",
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Map.of(),
          "",
          Map.of(),
          Usage.NONE,
          Explanation.Beside.NOTHING,
          0,
          Optional.empty());

  @Test
  void whatWasWrittenIsRead() {
    assertThat(ExplanationBytes.read(ExplanationBytes.of(FULL))).isEqualTo(FULL);
    assertThat(ExplanationBytes.read(ExplanationBytes.of(EMPTY))).isEqualTo(EMPTY);
  }
}
