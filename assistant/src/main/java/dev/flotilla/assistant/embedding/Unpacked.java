package dev.flotilla.assistant.embedding;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Files of the class path that native code must have on disk. Each is written once, whole or not at
 * all, and used again by later starts; a file that was cut short is written anew.
 */
final class Unpacked {
  private Unpacked() {}

  /**
   * @param resource from the root of the class path
   * @throws IOException when it is not on the class path, or the folder cannot be written
   */
  static Path in(Path folder, String resource) throws IOException {
    URL url = Unpacked.class.getClassLoader().getResource(resource);
    if (url == null) {
      throw new IOException(resource + " is not on the class path");
    }
    Path file = folder.resolve(resource.substring(resource.lastIndexOf('/') + 1));
    if (Files.exists(file) && Files.size(file) == url.openConnection().getContentLengthLong()) {
      return file;
    }
    Files.createDirectories(folder);
    Path part = Files.createTempFile(folder, file.getFileName().toString(), ".part");
    try (InputStream in = url.openStream()) {
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
    return file;
  }
}
