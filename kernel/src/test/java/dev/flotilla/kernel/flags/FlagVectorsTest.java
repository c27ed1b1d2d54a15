package dev.flotilla.kernel.flags;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.kernel.wire.Wire;
import dev.flotilla.model.Flag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Holds the evaluation to the vectors that the Python SDK is held to as well. */
final class FlagVectorsTest {
  record Vectors(String about, List<Point> points, List<Case> cases) {}

  record Point(String flag, String key, double percent) {}

  record Case(Flag flag, Map<String, String> variants) {}

  @Test
  void everyVectorHolds() throws IOException {
    Path file = Path.of("..", "sdk", "test-vectors", "flags.json");
    Vectors vectors = Wire.read(Files.readAllBytes(file), Vectors.class);
    assertThat(vectors.points()).hasSizeGreaterThan(10);
    for (Point point : vectors.points()) {
      assertThat(FlagEvaluation.percent(point.flag(), point.key()))
          .as(point.toString())
          .isEqualTo(point.percent());
    }
    assertThat(vectors.cases()).hasSizeGreaterThan(3);
    for (Case one : vectors.cases()) {
      one.variants()
          .forEach(
              (key, variant) ->
                  assertThat(FlagEvaluation.variant(one.flag(), key))
                      .as(one.flag().name() + " " + key)
                      .isEqualTo(variant));
    }
  }
}
