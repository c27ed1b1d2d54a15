package dev.flotilla.assistant.models.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.assistant.models.pool.ModelState.Happening;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelStateTest {
  @ParameterizedTest
  @CsvSource({
    "UNKNOWN,   -,         -,     READY, ABSENT, -,        -,         -",
    "ABSENT,    LOADING,   -,     READY, -,      -,        -,         -",
    "LOADING,   -,         READY, -,     -,      FAILED,   -,         -",
    "READY,     -,         -,     -,     -,      FAILED,   UNLOADING, -",
    "UNLOADING, -,         -,     -,     -,      UNLOADING, -,        ABSENT",
    "FAILED,    LOADING,   -,     READY, -,      -,        -,         -"
  })
  void everyStateKnowsWhatMayHappen(
      ModelState state,
      String load,
      String loaded,
      String adopted,
      String surveyed,
      String broke,
      String unload,
      String gone) {
    Map<Happening, String> after =
        Map.of(
            Happening.LOAD, load,
            Happening.LOADED, loaded,
            Happening.ADOPTED, adopted,
            Happening.SURVEYED, surveyed,
            Happening.BROKE, broke,
            Happening.UNLOAD, unload,
            Happening.GONE, gone);
    for (Happening happening : Happening.values()) {
      String expected = after.getOrDefault(happening, "");
      assertThat(state.after(happening))
          .as(state + " " + happening)
          .isEqualTo(
              expected.equals("-") ? Optional.empty() : Optional.of(ModelState.valueOf(expected)));
    }
  }
}
