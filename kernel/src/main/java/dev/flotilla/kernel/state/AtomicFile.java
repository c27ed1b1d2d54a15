package dev.flotilla.kernel.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * A small file that is always whole: a reader, or the next start after a kill or a power cut, sees
 * what was there before or what was written, nothing between. Thread-safe; of several writers at
 * once the last one stays.
 */
public final class AtomicFile {
  private final Path path;

  /**
   * @param path its folder is made when it is missing
   */
  public AtomicFile(Path path) {
    this.path = path;
  }

  /** Empty when there is no such file. */
  public Optional<byte[]> read() throws IOException {
    try {
      return Optional.of(Files.readAllBytes(path));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * Writes, readable and writable by the owner only. Returns once the disk has it.
   *
   * @throws IOException when it could not; the file is then as it was
   */
  public synchronized void write(byte[] data) throws IOException {
    Path fresh = aside(data);
    try {
      replace(fresh);
    } finally {
      Files.deleteIfExists(fresh);
    }
    forceFolder(folderOf(path));
  }

  /** A new file beside this one, with the data; the disk has it, but not yet its name. */
  Path aside(byte[] data) throws IOException {
    Path folder = folderOf(path);
    Files.createDirectories(folder);
    Path fresh =
        Files.createTempFile(
            folder,
            path.getFileName() + ".",
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (FileChannel channel = FileChannel.open(fresh, Set.of(StandardOpenOption.WRITE))) {
      ByteBuffer buffer = ByteBuffer.wrap(data);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
      return fresh;
    } catch (IOException e) {
      Files.deleteIfExists(fresh);
      throw e;
    }
  }

  /** Puts what {@link #aside} made in the place of this one. */
  void replace(Path fresh) throws IOException {
    Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  static Path folderOf(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IllegalArgumentException(file + " is no file");
    }
    return folder;
  }

  /** Makes the name of a file in the folder outlast a power cut. */
  static void forceFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
