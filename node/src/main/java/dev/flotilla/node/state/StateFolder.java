package dev.flotilla.node.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The folder of one fleet, held by one node at a time. The lock goes with the process, however it
 * ends.
 */
public final class StateFolder implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;
  private final FileLock lock;

  private StateFolder(Path path, FileChannel channel, FileLock lock) {
    this.path = path;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Makes the folder where it is missing, for its owner only, and takes it.
   *
   * @return empty when another node holds it
   * @throws NodeException when the folder cannot be used, saying why
   */
  public static Optional<StateFolder> take(Path path) throws NodeException {
    try {
      Files.createDirectories(path);
      refuseWhenForeign(path);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
      for (String part : new String[] {"agents", "logs"}) {
        Files.createDirectories(path.resolve(part));
      }
      FileChannel channel =
          FileChannel.open(
              path.resolve("node.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      Optional<FileLock> lock = tryLock(channel);
      if (lock.isEmpty()) {
        channel.close();
      }
      return lock.map(held -> new StateFolder(path, channel, held));
    } catch (IOException e) {
      throw new NodeException(
          "the state folder %s cannot be used: %s".formatted(path, reason(e)),
          "a folder that %s may write, with room left".formatted(user()),
          "mend its permissions or make room, or name another folder by FLOTILLA_HOME");
    }
  }

  private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException e) {
      return Optional.empty();
    }
  }

  private static void refuseWhenForeign(Path path) throws IOException, NodeException {
    String owner = Files.getOwner(path).getName();
    if (!owner.equals(user()) && !user().equals("root")) {
      throw new NodeException(
          "the state folder %s belongs to %s".formatted(path, owner),
          "a folder of " + user(),
          "run Flotilla as %s, or name another folder by FLOTILLA_HOME".formatted(owner));
    }
  }

  private static String user() {
    return System.getProperty("user.name");
  }

  private static String reason(IOException e) {
    String why =
        e instanceof FileSystemException f && f.getReason() != null
            ? f.getReason()
            : e.getClass().getSimpleName().replace("Exception", "");
    return e.getMessage() == null || e.getMessage().contains(why)
        ? String.valueOf(e.getMessage())
        : e.getMessage() + " (" + why + ")";
  }

  public Path path() {
    return path;
  }

  public Path agents() {
    return path.resolve("agents");
  }

  public Path logs() {
    return path.resolve("logs");
  }

  @Override
  public void close() throws IOException {
    lock.release();
    channel.close();
  }
}
