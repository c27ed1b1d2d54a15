package dev.flotilla.plan.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a command printed, masked, of bounded size: the beginning is passed on at once, of what is
 * more only the end is kept. Not thread-safe.
 */
final class Tape {
  private static final int LONGEST_LINE = 64 * 1024;

  private final int half;
  private final Masks masks;
  private final OutputStream live;
  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final byte[] ring;
  private long total;
  private long beyond;
  private boolean binary;

  /**
   * @param half bytes kept of the beginning, and as many of the end
   * @param live where the beginning goes as it comes
   */
  Tape(int half, Masks masks, OutputStream live) {
    this.half = half;
    this.masks = masks;
    this.live = live;
    this.ring = new byte[half];
  }

  void add(byte[] bytes, int count) throws IOException {
    total += count;
    int room = Math.max(0, half - head.size() - line.size());
    int first = Math.min(room, count);
    if (first > 0) {
      line.write(bytes, 0, first);
      pass(false);
    }
    for (int at = first; at < count; at++) {
      ring[(int) (beyond % half)] = bytes[at];
      beyond++;
    }
  }

  /** Passes on whole lines, so that no secret is cut in two. */
  private void pass(boolean all) throws IOException {
    byte[] held = line.toByteArray();
    int end = all || held.length >= LONGEST_LINE ? held.length : lastFeed(held) + 1;
    if (end == 0) {
      return;
    }
    byte[] masked = masks.mask(Arrays.copyOf(held, end));
    line.reset();
    line.write(held, end, held.length - end);
    head.write(masked);
    boolean wasBinary = binary;
    binary |= contains(masked, (byte) 0);
    if (!binary) {
      live.write(masked);
      live.flush();
    } else if (!wasBinary) {
      live.write("(binary output; not shown)\n".getBytes(StandardCharsets.UTF_8));
    }
  }

  private static int lastFeed(byte[] bytes) {
    for (int i = bytes.length - 1; i >= 0; i--) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static boolean contains(byte[] bytes, byte wanted) {
    for (byte b : bytes) {
      if (b == wanted) {
        return true;
      }
    }
    return false;
  }

  /** Everything kept; with a line in the middle that says how much is left out. */
  byte[] end() throws IOException {
    pass(true);
    if (beyond > 0) {
      byte[] tail = tail();
      long left = Math.max(0, beyond - half);
      String gap = left == 0 ? "" : "\n… " + left + " bytes left out …\n";
      if (left > 0 && !binary) {
        live.write(
            ("\n… more than " + half + " bytes; the end is in the kept output\n")
                .getBytes(StandardCharsets.UTF_8));
      }
      head.write(gap.getBytes(StandardCharsets.UTF_8));
      byte[] masked = masks.mask(tail);
      head.write(masked);
      if (left == 0 && !binary) {
        live.write(masked);
      }
    }
    live.flush();
    return head.toByteArray();
  }

  private byte[] tail() {
    int kept = (int) Math.min(half, beyond);
    byte[] tail = new byte[kept];
    for (int i = 0; i < kept; i++) {
      tail[i] = ring[(int) ((beyond - kept + i) % half)];
    }
    return tail;
  }

  /** All bytes printed, kept or not. */
  long total() {
    return total;
  }
}
