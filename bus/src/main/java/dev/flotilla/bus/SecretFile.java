package dev.flotilla.bus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Reads files with secrets, and none that others than their owner may read. */
public final class SecretFile {
  private SecretFile() {}

  /**
   * The text without spaces around it.
   *
   * @throws IOException when it cannot be read, is empty, or others than its owner may read it; the
   *     message names the file and what to do
   */
  public static String read(Path file) throws IOException {
    String text;
    try {
      refuseWhenShared(file);
      text = Files.readString(file).strip();
    } catch (NoSuchFileException e) {
      throw new IOException("there is no file " + file, e);
    }
    if (text.isEmpty()) {
      throw new IOException("the file " + file + " is empty");
    }
    return text;
  }

  private static void refuseWhenShared(Path file) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    if (permissions.contains(PosixFilePermission.GROUP_READ)
        || permissions.contains(PosixFilePermission.OTHERS_READ)) {
      throw new IOException(
          file
              + " has mode "
              + PosixFilePermissions.toString(permissions)
              + ", expected rw-------; run: chmod 600 "
              + file);
    }
  }
}
