package dev.flotilla.node.api;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * Sends the end of a log, and what is added to it.
 *
 * @param file may be missing, be cut or emptied, or hold anything
 * @param tail how many of the last lines to begin with
 * @param follow whether to go on
 */
record LogStream(Path file, int tail, boolean follow) {
  private static final int BLOCK = 64 * 1024;

  /** Bytes by which the end of what was sent is known again. */
  private static final int MARK = 256;

  private static final long MOST_TAIL_BYTES = 16L << 20;
  private static final Duration PAUSE = Duration.ofMillis(200);

  void write(OutputStream out) throws IOException, InterruptedException {
    long position = start();
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    byte[] sent = {};
    while (true) {
      long size = Files.exists(file) ? Files.size(file) : 0;
      if (size < position) {
        position = after(sent);
      }
      while (position < size) {
        int read = read(position, block);
        if (read <= 0) {
          break;
        }
        out.write(block.array(), block.arrayOffset(), read);
        position += read;
        sent = Arrays.copyOfRange(block.array(), Math.max(0, read - MARK), read);
      }
      out.flush();
      if (!follow) {
        return;
      }
      Thread.sleep(PAUSE);
    }
  }

  /** A log that was rotated begins with what was not moved away, some of which was sent already. */
  private int after(byte[] sent) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    int length = read(0, block);
    for (int i = 0; sent.length > 0 && i <= length - sent.length; i++) {
      if (Arrays.equals(block.array(), i, i + sent.length, sent, 0, sent.length)) {
        return i + sent.length;
      }
    }
    return 0;
  }

  private int read(long position, ByteBuffer block) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      channel.position(position);
      block.clear();
      return channel.read(block);
    }
  }

  /** Where the last lines begin, looked for from the end backwards. */
  private long start() throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    long size = Files.size(file);
    if (tail == 0) {
      return size;
    }
    int found = 0;
    long end = size;
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    while (end > 0 && size - end < MOST_TAIL_BYTES) {
      long from = Math.max(0, end - BLOCK);
      int read = read(from, block);
      for (int i = (int) Math.min(read, end - from) - 1; i >= 0; i--) {
        boolean last = from + i == size - 1;
        if (block.get(i) == '\n' && !last && ++found == tail) {
          return from + i + 1;
        }
      }
      end = from;
    }
    return end;
  }
}
