package dev.flotilla.kernel.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"MEMORY_AGENT", "MemoryAgent", "memory-agent", "memory agent", "memoryAgent"})
  void spellingsOfOneName(String written) {
    assertThat(ServiceName.of(written)).isEqualTo(new ServiceName("memoryagent"));
  }

  @Test
  void digitsTellNamesApart() {
    assertThat(ServiceName.of("tts-1")).isNotEqualTo(ServiceName.of("tts-2"));
  }

  @Test
  void lettersOfEveryAlphabetCount() {
    assertThat(ServiceName.of("Größe_Ω").normal()).isEqualTo("größeω");
  }

  @Test
  void aNameWithoutLetterAndDigitIsNone() {
    assertThat(ServiceName.isName("__-")).isFalse();
    assertThatThrownBy(() -> ServiceName.of("--")).isInstanceOf(IllegalArgumentException.class);
  }
}
