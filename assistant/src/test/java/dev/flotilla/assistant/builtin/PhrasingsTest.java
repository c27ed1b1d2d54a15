package dev.flotilla.assistant.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No question is answered as if it were another, and what can be known is known in many words. */
class PhrasingsTest {

  /**
   * @param topic that may answer; {@code -} when nobody may
   * @param part of the answer
   */
  record Phrasing(String topic, String question, String part) {}

  static Stream<Phrasing> phrasings() throws IOException {
    try (InputStream file = PhrasingsTest.class.getResourceAsStream("phrasings.tsv")) {
      return new String(
              Objects.requireNonNull(file, "phrasings.tsv").readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.startsWith("#"))
              .map(line -> line.split("\t", -1))
              .map(cells -> new Phrasing(cells[0], cells[1], cells.length > 2 ? cells[2] : ""))
              .toList()
              .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("phrasings")
  void isAnsweredByItsTopicOrByNobody(Phrasing phrasing) {
    Answer answer =
        BuiltInEngine.answer(phrasing.question(), SmallFleet.facts())
            .orElseGet(() -> Answer.of("-", ""));
    assertThat(answer.topic()).as(answer.text()).isEqualTo(phrasing.topic());
    assertThat(answer.text()).contains(phrasing.part());
  }
}
