package dev.flotilla.kernel.state;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * A log of texts that only grows. One line each: eight hexadecimal digits of CRC-32, a blank, the
 * text. What {@link #append} returned from outlasts a kill of the process; what {@link #force}
 * returned from outlasts a power cut. A last line that was cut off is dropped when the log is
 * opened; damage elsewhere is passed over and told. Thread-safe.
 */
public final class AppendLog implements AutoCloseable {
  private final Path path;
  private FileChannel channel;
  private final List<String> recovered;
  private final int damaged;
  private long length;
  private int entries;

  private AppendLog(
      Path path, FileChannel channel, List<String> recovered, int damaged, long length) {
    this.path = path;
    this.channel = channel;
    this.recovered = recovered;
    this.damaged = damaged;
    this.length = length;
    this.entries = recovered.size();
  }

  /** Opens or makes it, mode 0600, its folder too when that is missing. */
  public static AppendLog open(Path path) throws IOException {
    Path folder = AtomicFile.folderOf(path);
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Content content = Content.of(Files.readAllBytes(path));
      channel.truncate(content.end());
      channel.position(content.end());
      AtomicFile.forceFolder(folder);
      return new AppendLog(path, channel, content.texts(), content.damaged(), content.end());
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** What is in one that another may be writing, in order; nothing when there is none. */
  public static List<String> texts(Path path) throws IOException {
    try {
      return Content.of(Files.readAllBytes(path)).texts();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /**
   * @param end of the last whole line
   */
  private record Content(List<String> texts, int damaged, int end) {
    static Content of(byte[] content) {
      List<String> texts = new ArrayList<>();
      int damaged = 0;
      int end = 0;
      for (int start = 0; start < content.length; ) {
        int newline = indexOf(content, (byte) '\n', start);
        if (newline < 0) {
          break;
        }
        Optional<String> text = decode(content, start, newline);
        text.ifPresent(texts::add);
        damaged += text.isPresent() ? 0 : 1;
        start = newline + 1;
        end = start;
      }
      return new Content(List.copyOf(texts), damaged, end);
    }
  }

  /** What was in it when it was opened, in order. */
  public List<String> recovered() {
    return recovered;
  }

  /** How many lines were passed over when it was opened, because they were damaged. */
  public int damaged() {
    return damaged;
  }

  /**
   * Adds one text.
   *
   * @param text one line, such as a JSON document
   * @throws IOException when it could not be written whole; the log is then as it was
   */
  public void append(String text) throws IOException {
    append(encode(text), 1);
  }

  /**
   * Adds some texts: all of them, or none.
   *
   * @throws IOException when they could not be written whole; the log is then as it was
   */
  public void append(List<String> texts) throws IOException {
    append(encode(texts), texts.size());
  }

  private synchronized void append(byte[] data, int count) throws IOException {
    ByteBuffer lines = ByteBuffer.wrap(data);
    try {
      while (lines.hasRemaining()) {
        channel.write(lines);
      }
      length += data.length;
      entries += count;
    } catch (IOException e) {
      channel.truncate(length);
      channel.position(length);
      throw new IOException("could not append to " + path + ": " + e.getMessage(), e);
    }
  }

  /** Returns once the disk has everything appended so far. */
  public synchronized void force() throws IOException {
    channel.force(false);
  }

  /**
   * Puts other texts in place of all there are, so that the log does not grow without end. Whoever
   * opens it later, also after a kill in the middle, finds either all the old or all the new ones.
   *
   * @throws IOException when it could not; the log is then as it was
   */
  public synchronized void rewrite(List<String> texts) throws IOException {
    rewriting(texts).finish();
  }

  /**
   * Begins to put other texts in place of all that are there now. Nothing waits for the disk until
   * {@link Rewriting#finish}, and others may append meanwhile. One at a time.
   */
  public synchronized Rewriting rewriting(List<String> texts) {
    return new Rewriting(encode(texts), texts.size(), length, entries);
  }

  /** Texts that are to take the place of the first so many bytes. */
  public final class Rewriting {
    private final byte[] texts;
    private final int size;
    private final long replacedBytes;
    private final int replaced;

    private Rewriting(byte[] texts, int size, long replacedBytes, int replaced) {
      this.texts = texts;
      this.size = size;
      this.replacedBytes = replacedBytes;
      this.replaced = replaced;
    }

    /**
     * Waits for the disk; what was appended since the beginning comes behind the texts.
     *
     * @throws IOException when it could not; the log is then as if it had not been begun
     */
    public void finish() throws IOException {
      AtomicFile file = new AtomicFile(path);
      Path fresh = file.aside(texts);
      try {
        takeItsPlace(file, fresh);
      } finally {
        Files.deleteIfExists(fresh);
      }
      AtomicFile.forceFolder(AtomicFile.folderOf(path));
    }

    private void takeItsPlace(AtomicFile file, Path fresh) throws IOException {
      synchronized (AppendLog.this) {
        FileChannel next =
            FileChannel.open(fresh, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
          next.position(texts.length);
          for (long at = replacedBytes; at < length; ) {
            at += channel.transferTo(at, length - at, next);
          }
          file.replace(fresh);
        } catch (IOException e) {
          next.close();
          throw e;
        }
        FileChannel old = channel;
        channel = next;
        old.close();
        length = texts.length + length - replacedBytes;
        entries = size + entries - replaced;
      }
    }
  }

  /** How many texts are in it now. */
  public synchronized int entries() {
    return entries;
  }

  /** Bytes in the file. */
  public synchronized long length() {
    return length;
  }

  /** Forces and closes. */
  @Override
  public synchronized void close() throws IOException {
    if (channel.isOpen()) {
      channel.force(false);
      channel.close();
    }
  }

  private static byte[] encode(List<String> texts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (String text : texts) {
      all.writeBytes(encode(text));
    }
    return all.toByteArray();
  }

  static byte[] encode(String text) {
    if (text.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("the text has a line break; an entry is one line");
    }
    byte[] data = text.getBytes(StandardCharsets.UTF_8);
    byte[] line = new byte[data.length + 10];
    long sum = crc(data, 0, data.length);
    for (int digit = 0; digit < 8; digit++) {
      line[digit] = (byte) Character.forDigit((int) (sum >>> (28 - 4 * digit)) & 15, 16);
    }
    line[8] = ' ';
    System.arraycopy(data, 0, line, 9, data.length);
    line[line.length - 1] = '\n';
    return line;
  }

  private static Optional<String> decode(byte[] content, int start, int end) {
    if (end - start < 9 || content[start + 8] != ' ') {
      return Optional.empty();
    }
    String sum = new String(content, start, 8, StandardCharsets.US_ASCII);
    String expected = "%08x".formatted(crc(content, start + 9, end - start - 9));
    return sum.equals(expected)
        ? Optional.of(new String(content, start + 9, end - start - 9, StandardCharsets.UTF_8))
        : Optional.empty();
  }

  private static long crc(byte[] data, int start, int length) {
    CRC32 crc = new CRC32();
    crc.update(data, start, length);
    return crc.getValue();
  }

  private static int indexOf(byte[] data, byte wanted, int from) {
    for (int i = from; i < data.length; i++) {
      if (data[i] == wanted) {
        return i;
      }
    }
    return -1;
  }
}
