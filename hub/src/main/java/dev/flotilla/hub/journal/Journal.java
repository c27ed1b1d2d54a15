package dev.flotilla.hub.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An append-only file of one-line records. What {@link #append} returned from is on disk; a torn or
 * damaged tail, as kill -9 or a full disk leaves it, is cut off when the file is opened again and
 * kept beside it as {@code NAME.damaged}. Thread-safe.
 */
public final class Journal implements AutoCloseable {

  /** How much an append promises. */
  public enum Durability {
    /** On disk before the call returns: survives a loss of power. */
    DISK,
    /** With the operating system: survives the death of the process. */
    PROCESS
  }

  private final Path file;
  private final Durability durability;
  private final List<String> found;
  private FileChannel channel;
  private long length;
  private int records;

  private Journal(
      Path file, Durability durability, List<String> found, FileChannel channel, long length) {
    this.file = file;
    this.durability = durability;
    this.found = found;
    this.channel = channel;
    this.length = length;
    this.records = found.size();
  }

  /**
   * Opens a journal, making the file and its folder where they are missing.
   *
   * @throws IOException when the file can be neither made, read nor written
   */
  public static Journal open(Path file, Durability durability) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    List<String> found = new ArrayList<>();
    int good = 0;
    for (int start = 0, end; (end = indexOfNewline(bytes, start)) >= 0; start = end + 1) {
      String line = new String(bytes, start, end - start, StandardCharsets.UTF_8);
      Optional<String> record = Line.decode(line);
      if (record.isEmpty()) {
        break;
      }
      found.add(record.get());
      good = end + 1;
    }
    if (good < bytes.length) {
      Path damaged = file.resolveSibling(file.getFileName() + ".damaged");
      Files.write(damaged, Arrays.copyOfRange(bytes, good, bytes.length));
    }
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    channel.truncate(good);
    return new Journal(file, durability, List.copyOf(found), channel, good);
  }

  /** The records that stood in the file when it was opened, oldest first. */
  public List<String> found() {
    return found;
  }

  /** How many records the file holds now. */
  public synchronized int records() {
    return records;
  }

  /**
   * Adds a record of one line.
   *
   * @throws IOException when it could not be written; the journal then is as it was before
   */
  public synchronized void append(String record) throws IOException {
    try {
      write(channel, length, Line.encode(record));
      if (durability == Durability.DISK) {
        channel.force(false);
      }
    } catch (IOException e) {
      channel.truncate(length);
      throw e;
    }
    length = channel.size();
    records++;
  }

  /**
   * Puts the given records in place of all there are; at any moment the file holds either the old
   * or the new ones.
   */
  public synchronized void rewrite(List<String> replacement) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    FileChannel written =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
    long at = 0;
    try {
      for (String record : replacement) {
        at += write(written, at, Line.encode(record));
      }
      written.force(true);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      written.close();
      Files.deleteIfExists(next);
      throw e;
    }
    channel.close();
    channel = written;
    length = at;
    records = replacement.size();
  }

  @Override
  public synchronized void close() throws IOException {
    if (channel.isOpen()) {
      channel.force(true);
      channel.close();
    }
  }

  private static int write(FileChannel to, long at, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      to.write(buffer, at + buffer.position());
    }
    return bytes.length;
  }

  private static int indexOfNewline(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }
}
