package dev.flotilla.bus.embedded;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Buffers that wait to be written, lent to one outbox after another, and the count of what waits in
 * all of them. Idle clients hold none. Not thread-safe.
 */
final class Chunks {
  static final int SIZE = 16 * 1024;
  private static final int KEPT = 64;

  private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>();
  private long waiting;

  ByteBuffer take() {
    ByteBuffer chunk = free.poll();
    return chunk == null ? ByteBuffer.allocate(SIZE) : chunk;
  }

  void giveBack(ByteBuffer chunk) {
    if (free.size() < KEPT) {
      free.push(chunk.clear());
    }
  }

  void added(long bytes) {
    waiting += bytes;
  }

  void removed(long bytes) {
    waiting -= bytes;
  }

  /** Bytes that wait in all outboxes. */
  long waiting() {
    return waiting;
  }
}
