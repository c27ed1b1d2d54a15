package dev.flotilla.node.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;

/** A management library with two cards, compiled where there is a C compiler. */
final class NvmlStub {
  private NvmlStub() {}

  static Path compile(Path folder) throws IOException, InterruptedException {
    Path library = folder.resolve("libnvml-stub.so");
    Process gcc;
    try {
      gcc =
          new ProcessBuilder(
                  "gcc",
                  "-shared",
                  "-fPIC",
                  "-o",
                  library.toString(),
                  Path.of("src/test/native/nvml-stub.c").toAbsolutePath().toString())
              .inheritIO()
              .start();
    } catch (IOException e) {
      assumeTrue(false, "needs gcc, to compile a library with two cards");
      throw e;
    }
    assertThat(gcc.waitFor()).isZero();
    return library;
  }
}
