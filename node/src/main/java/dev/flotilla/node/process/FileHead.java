package dev.flotilla.node.process;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Cuts the beginning off a file that another process appends to, by fallocate's collapse of a
 * range, which ext4 and XFS can.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/fallocate.2.html">fallocate(2)</a>
 */
public final class FileHead {
  private static final int WRITE_ONLY = 1;
  private static final int CLOSE_ON_EXEC = 0x80000;
  private static final int COLLAPSE_RANGE = 8;

  private FileHead() {}

  /** Made by the first cut, which most nodes never see. */
  private static final class Calls {
    private static final Libc LIBC = new Libc();
    private static final Libc.Function OPEN = LIBC.function("open", 3);
    private static final Libc.Function CLOSE = LIBC.function("close", 1);
    private static final Libc.Function FALLOCATE = LIBC.function("fallocate", 4);
  }

  /**
   * How much of a file can be cut off at most: whole blocks, and never all of it.
   *
   * @param size of the file, in bytes
   * @return a number of bytes, possibly 0
   */
  public static long blocks(Path file, long size) throws IOException {
    long block = Files.getFileStore(file).getBlockSize();
    return size == 0 ? 0 : (size - 1) / block * block;
  }

  /**
   * Cuts it off in one step, so that nothing appended meanwhile is lost.
   *
   * @param bytes as given by {@link #blocks}, above 0
   * @return false, and the file is as it was, where the file system cannot do that
   */
  public static boolean cut(Path file, long bytes) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      long path = Libc.text(arena, file.toString());
      Libc.Answer opened = Calls.OPEN.call(path, WRITE_ONLY | CLOSE_ON_EXEC, 0);
      if (opened.failed()) {
        throw new IOException(file + " could not be opened: error " + opened.errno());
      }
      Libc.Answer cut = Calls.FALLOCATE.call(opened.value(), COLLAPSE_RANGE, 0, bytes);
      Calls.CLOSE.call(opened.value());
      return !cut.failed();
    }
  }
}
