package dev.flotilla.assistant.models.inside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.assistant.models.inside.MappedFile.Range;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MappedFileTest {
  private static final List<String> MAPS =
      List.of(
          "7f00000000-7f00002000 r--s 00000000 08:01 11                         /m/a b.gguf",
          "7f00002000-7f00003000 rw-p 00000000 08:01 11                         /m/a b.gguf",
          "7f00003000-7f00004000 r--p 00001000 08:01 12                         /m/other.gguf",
          "7f00004000-7f00005000 r--s 00000000 08:01 13                        "
              + " /m/x-00001-of-00002.gguf",
          "7f00005000-7f00006000 r--s 00000000 08:01 14                        "
              + " /m/x-00002-of-00002.gguf",
          "7f00006000-7f00007000 rw-p 00000000 00:00 0 ",
          "ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]");

  @Test
  void whatIsWrittenIsNeverGivenBack() {
    assertThat(MappedFile.ranges(MAPS, Path.of("/m/a b.gguf")))
        .containsExactly(new Range(0x7f00000000L, 0x2000));
  }

  @Test
  void aModelInPartsIsOne() {
    assertThat(MappedFile.ranges(MAPS, Path.of("/m/x-00001-of-00002.gguf"))).hasSize(2);
    assertThat(MappedFile.ranges(MAPS, Path.of("/m/none.gguf"))).isEmpty();
  }
}
