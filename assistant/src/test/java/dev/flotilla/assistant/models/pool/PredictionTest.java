package dev.flotilla.assistant.models.pool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PredictionTest {
  @Test
  void proposesWhatUsuallyFollows() {
    Prediction prediction = Prediction.NOTHING;
    for (int i = 0; i < 10; i++) {
      prediction = prediction.wanted("stt").wanted("chat").wanted("tts");
    }
    assertThat(prediction.next(0.8, 3)).contains("stt");
    assertThat(prediction.wanted("stt").next(0.8, 3)).contains("chat");
  }

  @Test
  void proposesNothingWithoutEnoughPast() {
    assertThat(Prediction.NOTHING.next(0.5, 1)).isEmpty();
    assertThat(Prediction.NOTHING.wanted("a").wanted("b").wanted("a").next(0.5, 3)).isEmpty();
  }
}
