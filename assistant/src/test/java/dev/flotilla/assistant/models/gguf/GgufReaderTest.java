package dev.flotilla.assistant.models.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufReaderTest {
  private static final int Q4_0 = 2;

  @TempDir Path folder;

  @Test
  void readsMetadataAndTensorSizes() throws Exception {
    Path file =
        new GgufFile()
            .with("general.architecture", "llama")
            .with("llama.block_count", 3)
            .with("llama.attention.head_count_kv", List.of(8, 4, 8))
            .tensor("a", Q4_0, 64, 10)
            .tensor("b", 0, 7)
            .write(folder.resolve("m.gguf"));
    GgufHeader header = GgufReader.read(file);
    assertThat(header.architecture()).contains("llama");
    assertThat(header.number("llama.block_count")).contains(3L);
    assertThat(header.numbers("llama.attention.head_count_kv")).contains(List.of(8L, 4L, 8L));
    assertThat(header.tensors()).extracting(GgufHeader.Tensor::bytes).containsExactly(360L, 28L);
    assertThat(header.tensorBytes()).isEqualTo(388);
  }

  @Test
  void countsLongArraysInsteadOfKeepingThem() throws Exception {
    List<String> tokens = Collections.nCopies(GgufReader.KEPT_ELEMENTS + 1, "token");
    Path file =
        new GgufFile().with("tokenizer.ggml.tokens", tokens).write(folder.resolve("m.gguf"));
    GgufHeader header = GgufReader.read(file);
    assertThat(header.length("tokenizer.ggml.tokens")).contains(GgufReader.KEPT_ELEMENTS + 1L);
    assertThat(header.metadata().get("tokenizer.ggml.tokens"))
        .isInstanceOf(GgufHeader.LongArray.class);
  }

  @Test
  void joinsTheFilesOfASplitModel() throws Exception {
    for (int k = 1; k <= 3; k++) {
      GgufFile part = new GgufFile().tensor("t" + k, 0, 100);
      if (k == 1) {
        part.with("general.architecture", "llama").with("split.count", 3);
      }
      part.write(folder.resolve("big-%05d-of-00003.gguf".formatted(k)));
    }
    GgufHeader header = GgufReader.readAll(folder.resolve("big-00001-of-00003.gguf"));
    assertThat(header.tensorBytes()).isEqualTo(3 * 400);
    Files.delete(folder.resolve("big-00003-of-00003.gguf"));
    assertThatThrownBy(() -> GgufReader.readAll(folder.resolve("big-00001-of-00003.gguf")))
        .isInstanceOf(GgufException.class)
        .hasMessageContaining("big-00003-of-00003.gguf is missing");
  }

  @Test
  void saysWhatIsWrongWithAFileThatIsNoModel() throws Exception {
    Path file = Files.writeString(folder.resolve("m.gguf"), "<html>not found</html>");
    assertThatThrownBy(() -> GgufReader.read(file))
        .isInstanceOf(GgufException.class)
        .hasMessageContaining("m.gguf starts with")
        .hasMessageContaining("expected the letters GGUF");
  }

  @Test
  void aHeaderThatLiesAboutItsLengthCostsNothing() throws Exception {
    byte[] bytes = new GgufFile().with("k", "v").bytes();
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(8, Long.MAX_VALUE);
    Path file = Files.write(folder.resolve("m.gguf"), bytes);
    assertThatThrownBy(() -> GgufReader.read(file))
        .isInstanceOf(GgufException.class)
        .hasMessageContaining("says it holds 9223372036854775807 tensors");
  }

  @Test
  void aFileCutAnywhereIsRefusedAndNeverBreaksTheReader() throws Exception {
    byte[] whole = GgufFile.llama(2, 8, 2, 64, 128, 100, Q4_0).bytes();
    for (int length = 0; length < whole.length; length++) {
      Path file = Files.write(folder.resolve("m.gguf"), Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> GgufReader.read(file)).isInstanceOf(GgufException.class);
    }
  }

  @Test
  void bytesChangedAtRandomAreReadOrRefused() throws IOException {
    Random random = new Random(42);
    byte[] whole = GgufFile.llama(2, 8, 2, 64, 128, 100, Q4_0).bytes();
    int refused = 0;
    for (int round = 0; round < 2000; round++) {
      byte[] bytes = whole.clone();
      for (int i = 0; i <= random.nextInt(4); i++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      Path file = Files.write(folder.resolve("m.gguf"), bytes);
      try {
        GgufReader.read(file);
      } catch (GgufException told) {
        assertThat(told).hasMessageStartingWith("m.gguf ");
        refused++;
      }
    }
    assertThat(refused).isBetween(100, 1999);
  }
}
