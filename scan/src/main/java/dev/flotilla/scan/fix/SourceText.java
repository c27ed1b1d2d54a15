package dev.flotilla.scan.fix;

import dev.flotilla.scan.python.PythonSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Files as text that can be written back to the byte. */
final class SourceText {
  private SourceText() {}

  /** A file's text; empty when it is not UTF-8 or has lines that end with {@code \r} alone. */
  static Optional<String> read(Path file) throws IOException {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
              .toString();
      return text.replace("\r\n", "\n").indexOf('\r') < 0 ? Optional.of(text) : Optional.empty();
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** Reads it as Python, on a stack that deep expressions do not overflow. */
  static PythonSource parse(String text) throws InterruptedException {
    PythonSource[] result = new PythonSource[1];
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Thread thread =
        new Thread(null, () -> result[0] = PythonSource.parse(bytes), "scan-fix", 512L << 20);
    thread.start();
    thread.join();
    return result[0];
  }
}
