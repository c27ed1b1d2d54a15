package dev.flotilla.cli.context;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A file that a command writes for its user: whole or not at all. What cannot be written ends the
 * command as a mistake on its line, so that it is never taken for a result.
 */
public record OutputFile(Context context, Path named) {

  /** What fills it. */
  @FunctionalInterface
  public interface Content {
    void to(Writer out) throws IOException;
  }

  /** Writes text. */
  public void write(String text) {
    write(out -> out.write(text));
  }

  /** Writes what a writer is given. */
  public void write(Content content) {
    Path file = context.directory().resolve(named).toAbsolutePath();
    try {
      if (Files.isDirectory(file)) {
        throw new IOException("it is a folder");
      }
      Path folder = file.getParent();
      Path fresh = Files.createTempFile(folder == null ? file : folder, ".flotilla", ".new");
      try {
        try (BufferedWriter out = Files.newBufferedWriter(fresh, StandardCharsets.UTF_8)) {
          content.to(out);
        }
        if (fresh.getFileSystem().supportedFileAttributeViews().contains("posix")) {
          Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
        }
        Files.move(
            fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(fresh);
      }
      context.plainScreen().err().println("Written: " + named);
    } catch (IOException e) {
      throw CommandFailure.usage(
          named + " cannot be written (" + reason(e) + ")",
          "a folder that is there and may be written",
          "Name another file with -o");
    }
  }

  private static String reason(IOException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("is a folder")
        ? message
        : e.getClass()
            .getSimpleName()
            .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
            .replace(" Exception", "");
  }
}
