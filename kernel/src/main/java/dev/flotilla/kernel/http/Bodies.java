package dev.flotilla.kernel.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.OptionalLong;

/** Reads bodies whole. */
final class Bodies {
  private Bodies() {}

  /**
   * To the end, or the first bytes of a longer one. Takes no more memory than the body needs where
   * its length is told; an array of 16 KiB for each is what {@link InputStream#readNBytes} takes of
   * itself.
   */
  static byte[] read(InputStream in, OptionalLong told, long most) throws IOException {
    int limit = (int) Math.min(most, Integer.MAX_VALUE - 8);
    if (told.isEmpty() || told.getAsLong() > limit) {
      return in.readNBytes(limit);
    }
    byte[] body = in.readNBytes((int) told.getAsLong());
    int more = in.read();
    return more < 0
        ? body
        : longer(body, more, in.readNBytes(Math.max(0, limit - body.length - 1)));
  }

  /** The told length was that of a compressed body. */
  private static byte[] longer(byte[] begun, int more, byte[] rest) {
    byte[] all = Arrays.copyOf(begun, begun.length + 1 + rest.length);
    all[begun.length] = (byte) more;
    System.arraycopy(rest, 0, all, begun.length + 1, rest.length);
    return all;
  }
}
