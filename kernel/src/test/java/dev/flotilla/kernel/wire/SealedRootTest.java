package dev.flotilla.kernel.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SealedRootTest {
  private sealed interface Line {
    record CutOff(int at) implements Line {}
  }

  @Test
  void aRecordOfASealedInterfaceWrittenByItselfIsReadAgain() {
    assertThat(Wire.text(new Line.CutOff(3))).isEqualTo("{\"type\":\"cut-off\",\"at\":3}");
    assertThat(Wire.read(Wire.json(new Line.CutOff(3)), Line.class)).isEqualTo(new Line.CutOff(3));
  }
}
