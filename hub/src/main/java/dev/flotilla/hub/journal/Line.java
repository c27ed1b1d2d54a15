package dev.flotilla.hub.journal;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;

/** One record as it stands in the file: eight hexadecimal digits of CRC-32C, a blank, the text. */
final class Line {
  private static final int CHECK_LENGTH = 8;

  private Line() {}

  static byte[] encode(String record) {
    if (record.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("a journal record must be one line");
    }
    return (check(record) + " " + record + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** The record of a line without its end; empty when the line is damaged. */
  static Optional<String> decode(String line) {
    if (line.length() <= CHECK_LENGTH || line.charAt(CHECK_LENGTH) != ' ') {
      return Optional.empty();
    }
    String record = line.substring(CHECK_LENGTH + 1);
    return line.startsWith(check(record)) ? Optional.of(record) : Optional.empty();
  }

  private static String check(String record) {
    CRC32C crc = new CRC32C();
    crc.update(record.getBytes(StandardCharsets.UTF_8));
    String hex = Long.toHexString(crc.getValue());
    return "0".repeat(CHECK_LENGTH - hex.length()) + hex;
  }
}
