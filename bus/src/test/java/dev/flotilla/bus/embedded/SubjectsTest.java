package dev.flotilla.bus.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubjectsTest {
  @ParameterizedTest
  @CsvSource({
    "a, true, true",
    "a.b, true, true",
    "*, true, false",
    ">, true, false",
    "a.>, true, false",
    "a.*.b, true, false",
    "a.>.b, false, false",
    "'', false, false",
    ".a, false, false",
    "a., false, false",
    "a..b, false, false",
    "a*b, true, true",
    "a>b, true, true"
  })
  void knowsTheGrammar(String subject, boolean valid, boolean literal) {
    assertThat(Subjects.valid(subject)).isEqualTo(valid);
    assertThat(Subjects.literal(subject)).isEqualTo(literal);
  }
}
