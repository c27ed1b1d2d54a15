package dev.flotilla.assistant.models.gguf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Little-endian values from the front of a file, each checked against what is left of it. */
final class HeaderBytes {
  private final FileChannel channel;
  private final Path file;
  private final long size;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN).limit(0);
  private long consumed;

  HeaderBytes(FileChannel channel, Path file) throws IOException {
    this.channel = channel;
    this.file = file;
    this.size = channel.size();
  }

  GgufException wrong(String what) {
    return new GgufException(file.getFileName() + " " + what);
  }

  byte int8() throws IOException, GgufException {
    need(1);
    return buffer.get();
  }

  short int16() throws IOException, GgufException {
    need(2);
    return buffer.getShort();
  }

  int int32() throws IOException, GgufException {
    need(4);
    return buffer.getInt();
  }

  long int64() throws IOException, GgufException {
    need(8);
    return buffer.getLong();
  }

  /** A count of things that take at least so many bytes each, so that the file could hold them. */
  long count(String what, int leastBytes) throws IOException, GgufException {
    long count = int64();
    long left = size - consumed + buffer.remaining();
    if (count < 0 || count > left / leastBytes) {
      throw wrong(
          "says it holds %s %s, which its %d bytes cannot"
              .formatted(Long.toUnsignedString(count), what, size));
    }
    return count;
  }

  String text(int longest) throws IOException, GgufException {
    long length = count("characters in one text", 1);
    if (length > longest) {
      throw wrong("has a text of %d bytes, expected at most %d".formatted(length, longest));
    }
    byte[] bytes = new byte[(int) length];
    for (int at = 0; at < bytes.length; ) {
      need(1);
      int part = Math.min(buffer.remaining(), bytes.length - at);
      buffer.get(bytes, at, part);
      at += part;
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private void need(int bytes) throws IOException, GgufException {
    if (buffer.remaining() >= bytes) {
      return;
    }
    buffer.compact();
    while (buffer.position() < bytes) {
      int read = channel.read(buffer);
      if (read < 0) {
        throw wrong("ends after %d bytes, in the middle of its header".formatted(size));
      }
      consumed += read;
    }
    buffer.flip();
  }
}
