package dev.flotilla.bus.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;

/** What waits to be written to one client, in order. Not thread-safe. */
final class Outbox {
  private static final byte[] LINE_END = {'\r', '\n'};

  private final Chunks chunks;
  private final ArrayDeque<ByteBuffer> queue = new ArrayDeque<>();
  private final byte[] digits = new byte[20];
  private long pending;

  Outbox(Chunks chunks) {
    this.chunks = chunks;
  }

  /** Bytes that wait. */
  long pending() {
    return pending;
  }

  void put(byte[] bytes) {
    put(bytes, 0, bytes.length);
  }

  void put(byte[] bytes, int from, int length) {
    int at = from;
    int left = length;
    while (left > 0) {
      ByteBuffer last = queue.peekLast();
      if (last == null || !last.hasRemaining()) {
        last = chunks.take();
        queue.addLast(last);
      }
      int taken = Math.min(left, last.remaining());
      last.put(bytes, at, taken);
      at += taken;
      left -= taken;
    }
    pending += length;
    chunks.added(length);
  }

  void put(String text) {
    put(text.getBytes(StandardCharsets.UTF_8));
  }

  void put(long number) {
    int at = digits.length;
    long rest = number;
    do {
      digits[--at] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest > 0);
    put(digits, at, digits.length - at);
  }

  void endLine() {
    put(LINE_END);
  }

  /** Writes until nothing waits or the client takes no more; returns the bytes written. */
  long writeTo(Transport transport) throws IOException {
    long before = pending;
    while (!queue.isEmpty()) {
      ByteBuffer chunk = queue.peekFirst();
      int filledTo = chunk.position();
      int written = writeOut(chunk, transport);
      pending -= written;
      chunks.removed(written);
      if (written < filledTo) {
        chunk.compact();
        break;
      }
      chunks.giveBack(queue.removeFirst());
    }
    return before - pending;
  }

  /** Forgets what waits. */
  void clear() {
    queue.forEach(chunks::giveBack);
    queue.clear();
    chunks.removed(pending);
    pending = 0;
  }

  private static int writeOut(ByteBuffer chunk, Transport transport) throws IOException {
    chunk.flip();
    return transport.write(chunk);
  }
}
