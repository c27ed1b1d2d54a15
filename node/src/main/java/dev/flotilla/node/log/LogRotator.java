package dev.flotilla.node.log;

import dev.flotilla.model.AgentId;
import dev.flotilla.node.process.FileHead;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.zip.GZIPOutputStream;

/**
 * Keeps logs small: the whole blocks of one that grew too large move into a compressed file and are
 * cut off in place, since the agent itself holds it open and appends; nothing is lost. On a file
 * system that cannot cut, the log is emptied instead, and what is written between the last look at
 * its size and its emptying is lost. For one thread.
 */
public final class LogRotator {
  private static final int BLOCK = 64 * 1024;

  private final Path folder;
  private final Rotation rotation;
  private final BiConsumer<AgentId, String> trouble;
  private final Set<AgentId> troubled = new HashSet<>();

  /**
   * @param folder of the logs
   * @param trouble told when a log cannot be rotated, and with an empty text when it can again
   */
  public LogRotator(Path folder, Rotation rotation, BiConsumer<AgentId, String> trouble) {
    this.folder = folder;
    this.rotation = rotation;
    this.trouble = trouble;
  }

  /** Rotates what is too large now. */
  public void look() throws IOException {
    try (DirectoryStream<Path> logs = Files.newDirectoryStream(folder, "*.log")) {
      for (Path log : logs) {
        if (Files.size(log) > rotation.bytes()) {
          rotate(log);
        }
      }
    }
  }

  private void rotate(Path log) {
    String name = log.getFileName().toString();
    AgentId agent = AgentId.parse(name.substring(0, name.length() - ".log".length()), "");
    Path part = log.resolveSibling(name + ".part");
    try {
      try (FileChannel channel =
          FileChannel.open(log, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        try (OutputStream out = Files.newOutputStream(part)) {
          long blocks = FileHead.blocks(log, channel.size());
          copy(channel, out, 0, blocks);
          shift(log);
          Files.move(part, old(log, 1), StandardCopyOption.REPLACE_EXISTING);
          if (blocks == 0 || !FileHead.cut(log, blocks)) {
            empty(channel, out, blocks);
          }
        }
      }
      if (troubled.remove(agent)) {
        trouble.accept(agent, "");
      }
    } catch (IOException e) {
      drop(part);
      troubled.add(agent);
      trouble.accept(
          agent,
          "its log could not be rotated (%s); make room in the state folder".formatted(reason(e)));
    }
  }

  private static void empty(FileChannel channel, OutputStream out, long copied) throws IOException {
    long end = copied;
    for (long size = channel.size(); size > end; size = channel.size()) {
      copy(channel, out, end, size);
      end = size;
    }
    channel.truncate(0);
  }

  /** Copies a range as one compressed member of the file, whole before it returns. */
  private static void copy(FileChannel channel, OutputStream out, long from, long to)
      throws IOException {
    if (from == to) {
      return;
    }
    GZIPOutputStream member = new GZIPOutputStream(out, BLOCK);
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    long position = from;
    while (position < to) {
      int read = channel.read(block.clear().limit((int) Math.min(BLOCK, to - position)), position);
      if (read < 0) {
        break;
      }
      member.write(block.array(), block.arrayOffset(), read);
      position += read;
    }
    member.finish();
  }

  private void shift(Path log) throws IOException {
    Files.deleteIfExists(old(log, rotation.keep()));
    for (int i = rotation.keep() - 1; i >= 1; i--) {
      if (Files.exists(old(log, i))) {
        Files.move(old(log, i), old(log, i + 1), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static Path old(Path log, int number) {
    return log.resolveSibling(log.getFileName() + "." + number + ".gz");
  }

  private static void drop(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      part.toFile().deleteOnExit();
    }
  }

  private static String reason(IOException e) {
    return e instanceof FileSystemException f && f.getReason() != null
        ? f.getReason()
        : String.valueOf(e.getMessage());
  }
}
