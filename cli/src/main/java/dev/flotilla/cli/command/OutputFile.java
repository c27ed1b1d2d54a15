package dev.flotilla.cli.command;

import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that a command writes for its user: whole or not at all. */
record OutputFile(Context context, Path named) {

  void write(String text) {
    Path file = context.directory().resolve(named);
    try {
      Path folder = file.toAbsolutePath().getParent();
      Path fresh =
          Files.createTempFile(folder == null ? Path.of("/") : folder, ".flotilla", ".new");
      try {
        Files.writeString(fresh, text);
        Files.setPosixFilePermissions(
            fresh, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        Files.move(
            fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(fresh);
      }
      context.screen().err().println("Written: " + named);
    } catch (IOException e) {
      throw CommandFailure.of(
          named
              + " cannot be written ("
              + e.getClass().getSimpleName()
              + ": "
              + e.getMessage()
              + ")",
          "a folder that is there and may be written",
          "Name another file with -o.");
    }
  }
}
