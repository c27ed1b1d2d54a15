package dev.flotilla.assistant.models.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.flotilla.assistant.models.gguf.GgufFile;
import dev.flotilla.assistant.models.gguf.GgufHeader;
import dev.flotilla.assistant.models.gguf.GgufReader;
import dev.flotilla.assistant.models.gguf.TensorType;
import dev.flotilla.model.Bytes;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shapes are those of published models; the cache sizes are what llama.cpp prints for them. */
class GgufEstimateTest {
  private static final int F16 = 1;
  private static final int Q8_0 = 8;
  private static final double GIB = 1L << 30;

  @TempDir Path folder;

  private GgufHeader header(GgufFile file) throws Exception {
    return GgufReader.read(file.write(folder.resolve("m.gguf")));
  }

  @Test
  void sevenBillionWithoutSharedHeads() throws Exception {
    GgufHeader header = header(GgufFile.llama(32, 32, 32, 4096, 11008, 32000, F16));
    Estimate estimate = GgufEstimate.of(header, GgufEstimate.Run.ofContext(4096));
    assertThat(estimate.cache()).isEqualTo(Bytes.ofMebibytes(2048));
    assertThat(estimate.weights().count() / GIB).isCloseTo(12.55, within(0.05));
  }

  @Test
  void eightBillionWithSharedHeads() throws Exception {
    GgufHeader header = header(GgufFile.llama(32, 32, 8, 4096, 14336, 128256, F16));
    Estimate estimate = GgufEstimate.of(header, GgufEstimate.Run.ofContext(8192));
    assertThat(estimate.cache()).isEqualTo(Bytes.ofMebibytes(1024));
  }

  @Test
  void seventyBillionWithSharedHeads() throws Exception {
    GgufHeader header = header(GgufFile.llama(80, 64, 8, 8192, 28672, 32000, Q8_0));
    Estimate estimate = GgufEstimate.of(header, GgufEstimate.Run.ofContext(4096));
    assertThat(estimate.cache()).isEqualTo(Bytes.ofMebibytes(1280));
    assertThat(estimate.weights().count() / GIB).isCloseTo(68.2, within(0.3));
  }

  @Test
  void aCacheOfEightBitsIsAboutHalf() throws Exception {
    GgufHeader header = header(GgufFile.llama(32, 32, 8, 4096, 14336, 128256, F16));
    var run = new GgufEstimate.Run(8192, TensorType.Q8_0, TensorType.Q8_0, 512, true);
    assertThat(GgufEstimate.of(header, run).cache()).isEqualTo(Bytes.ofMebibytes(544));
  }

  @Test
  void headsThatDifferByLayerAreAddedUp() throws Exception {
    GgufFile file =
        GgufFile.llama(3, 8, 8, 1024, 2048, 1000, F16)
            .with("llama.attention.head_count_kv", List.of(8, 0, 4));
    Estimate estimate = GgufEstimate.of(header(file), GgufEstimate.Run.ofContext(1024));
    assertThat(estimate.cache().count()).isEqualTo((8 + 4) * 128 * 2 * 2 * 1024L);
  }

  @Test
  void withoutFlashAttentionTheScoresCount() throws Exception {
    GgufHeader header = header(GgufFile.llama(32, 32, 8, 4096, 14336, 1000, F16));
    var plain = new GgufEstimate.Run(32768, TensorType.F16, TensorType.F16, 512, false);
    var flash = new GgufEstimate.Run(32768, TensorType.F16, TensorType.F16, 512, true);
    long more =
        GgufEstimate.of(header, plain).buffers().count()
            - GgufEstimate.of(header, flash).buffers().count();
    assertThat(more / GIB).isCloseTo(2.0, within(0.01));
  }

  @Test
  void whatWasMeasuredCorrectsTheNextEstimate() throws Exception {
    Estimate estimate =
        new Estimate(Bytes.ofMebibytes(800), Bytes.ofMebibytes(100), Bytes.ofMebibytes(100), 1);
    var key = new Measured.Key("mainpc/0", "phi", "q4", 4096);
    Measured measured = Measured.NOTHING.with(key, estimate, Bytes.ofMebibytes(1200));
    assertThat(measured.correct(key, estimate).total()).isEqualTo(Bytes.ofMebibytes(1200));
    assertThat(measured.correct(key, estimate).arithmetic())
        .isEqualTo("(800 MiB weights + 100 MiB cache + 100 MiB buffers) × 1.20 measured = 1.2 GiB");
    Measured again = measured.with(key, measured.correct(key, estimate), Bytes.ofMebibytes(1000));
    assertThat(again.correct(key, estimate).total()).isEqualTo(Bytes.ofMebibytes(1100));
  }

  @Test
  void anAbsurdReadingIsHeldInBounds() {
    Estimate estimate = new Estimate(Bytes.ofMebibytes(1000), Bytes.ZERO, Bytes.ZERO, 1);
    var key = new Measured.Key("mainpc/0", "phi", "q4", 4096);
    Measured measured = Measured.NOTHING.with(key, estimate, Bytes.ofMebibytes(999_999));
    assertThat(measured.correct(key, estimate).total()).isEqualTo(Bytes.ofMebibytes(4000));
  }
}
