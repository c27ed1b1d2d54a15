package dev.flotilla.assistant.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MiniLmTest {
  @TempDir static Path folder;
  private static MiniLm model;

  @BeforeAll
  static void open() {
    model = new MiniLm(folder);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static double likeness(String a, String b) {
    List<float[]> both = model.of(List.of(a, b));
    return Meaning.likeness(both.get(0), both.get(1));
  }

  @Test
  void likeMeaningsPointAlike() {
    assertThat(likeness("Which agents are unhealthy?", "what services are sick"))
        .isGreaterThan(likeness("Which agents are unhealthy?", "a poem about the sea") + 0.2);
    assertThat(likeness("same words", "same words")).isCloseTo(1, within(1e-5));
  }

  /**
   * The figures of langchain4j's way of running the same model. Eight-bit arithmetic is rounded
   * otherwise by other processors, so they hold to two hundredths.
   */
  @Test
  void opposedCommandsAreAlikeWhichIsWhyCachesNeedGuards() {
    assertThat(likeness("approve refund", "deny refund")).isCloseTo(0.7511, within(0.02));
    assertThat(likeness("Enable GPU 0", "Disable GPU 0")).isCloseTo(0.8883, within(0.02));
  }

  @Test
  void saysWhenATextIsTooLongToBeSeenWhole() {
    String most = "word ".repeat(MiniLm.MOST_PIECES - 2);
    assertThat(model.seesAllOf(most)).isTrue();
    assertThat(model.seesAllOf(most + "more")).isFalse();
    assertThat(likeness(most, most + "more")).isCloseTo(1, within(1e-5));
    assertThat(model.of(List.of("")).getFirst()).hasSize(384);
  }

  @Test
  void manyAtOnceWhileItIsClosedGetWhatOneGets() throws Exception {
    float[] alone = model.of(List.of("restart the translator")).getFirst();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<float[]>> asked =
          IntStream.range(0, 40)
              .mapToObj(
                  i ->
                      threads.submit(
                          () -> {
                            if (i % 20 == 10) {
                              model.close();
                            }
                            return model.of(List.of("restart the translator")).getFirst();
                          }))
              .toList();
      for (Future<float[]> each : asked) {
        assertThat(each.get()).isEqualTo(alone);
      }
    }
    assertThat(model.isLoaded()).isTrue();
  }

  @Test
  void isNotLoadedBeforeItIsAsked() {
    assertThat(new MiniLm(folder).isLoaded()).isFalse();
  }

  @Test
  void aFileThatWasCutShortIsWrittenAnew() throws Exception {
    Path own = Files.createDirectories(folder.resolve("cut"));
    Files.write(own.resolve("all-minilm-l6-v2-q.onnx"), new byte[1000]);
    try (MiniLm fresh = new MiniLm(own)) {
      assertThat(fresh.of(List.of("x"))).hasSize(1);
    }
    assertThat(own.resolve("all-minilm-l6-v2-q.onnx")).hasSize(22972370);
  }

  @Test
  void saysWhereItCouldNotUnpack() throws Exception {
    Path file = Files.writeString(folder.resolve("a-file"), "");
    try (MiniLm refused = new MiniLm(file)) {
      assertThatThrownBy(() -> refused.of(List.of("x")))
          .isInstanceOf(EmbeddingUnavailable.class)
          .hasMessageContaining("cannot be loaded from " + file);
    }
  }

  @Test
  void remembersWhatWasAsked() {
    int[] asked = {0};
    Meaning counting =
        texts -> {
          asked[0] += texts.size();
          return texts.stream().map(t -> new float[] {1, 0}).toList();
        };
    Meaning remembered = new RememberedMeaning(counting, 10);
    remembered.of(List.of("a", "b", "a")).getFirst()[0] = 7;
    assertThat(remembered.of(List.of("a")).getFirst()).containsExactly(1, 0);
    assertThat(asked[0]).isEqualTo(2);
  }
}
