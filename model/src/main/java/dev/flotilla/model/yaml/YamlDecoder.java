package dev.flotilla.model.yaml;

import dev.flotilla.model.Bytes;
import dev.flotilla.model.Position;
import dev.flotilla.model.Problems;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** From bytes to text: UTF-8 only, with or without a byte order mark. */
final class YamlDecoder {
  private YamlDecoder() {}

  static Optional<String> decode(String file, byte[] bytes, Problems problems) {
    Position whole = new Position(file, 0, 0);
    if (bytes.length > YamlReader.LARGEST) {
      problems.error(
          whole,
          "the file is " + new Bytes(bytes.length),
          "at most " + new Bytes(YamlReader.LARGEST),
          "name the manifest; one of 1,000 agents is smaller than 1 MiB");
      return Optional.empty();
    }
    if (startsWith(bytes, 0xFE, 0xFF) || startsWith(bytes, 0xFF, 0xFE)) {
      problems.error(whole, "text in UTF-16", "text in UTF-8", "save the file as UTF-8");
      return Optional.empty();
    }
    int start = startsWith(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0;
    ByteBuffer in = ByteBuffer.wrap(bytes, start, bytes.length - start);
    CharBuffer out = CharBuffer.allocate(bytes.length - start);
    CoderResult end =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(in, out, true);
    String text = out.flip().toString();
    if (end.isError()) {
      int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
      problems.error(
          new Position(file, line, text.length() - text.lastIndexOf('\n')),
          String.format("a byte 0x%02X that is not UTF-8", bytes[in.position()] & 0xFF),
          "text in UTF-8",
          "save the file as UTF-8");
      return Optional.empty();
    }
    return Optional.of(text);
  }

  private static boolean startsWith(byte[] bytes, int... prefix) {
    for (int i = 0; i < prefix.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xFF) != prefix[i]) {
        return false;
      }
    }
    return true;
  }
}
