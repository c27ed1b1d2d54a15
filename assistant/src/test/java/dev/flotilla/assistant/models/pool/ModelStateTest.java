package dev.flotilla.assistant.models.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.assistant.models.pool.ModelState.Happening;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelStateTest {
  @ParameterizedTest
  @CsvSource({
    "ABSENT,    LOADING,   -,     READY, -,        -,         -",
    "LOADING,   -,         READY, -,     FAILED,   -,         -",
    "READY,     -,         -,     -,     FAILED,   UNLOADING, -",
    "UNLOADING, -,         -,     -,     UNLOADING, -,        ABSENT",
    "FAILED,    LOADING,   -,     READY, -,        -,         -"
  })
  void everyStateKnowsWhatMayHappen(
      ModelState state,
      String load,
      String loaded,
      String adopted,
      String broke,
      String unload,
      String gone) {
    String[] after = {load, loaded, adopted, broke, unload, gone};
    for (Happening happening : Happening.values()) {
      String expected = after[happening.ordinal()];
      assertThat(state.after(happening))
          .as(state + " " + happening)
          .isEqualTo(
              expected.equals("-") ? Optional.empty() : Optional.of(ModelState.valueOf(expected)));
    }
  }
}
