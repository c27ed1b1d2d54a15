package dev.flotilla.cli.command;

import dev.flotilla.cli.client.StateFolders;
import dev.flotilla.cli.context.CommandFailure;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for one rehearsal, gone when it is over. */
record RehearsalFolder(Path path) implements AutoCloseable {

  static RehearsalFolder make(StateFolders folders, String fleet) {
    Path home = folders.root().resolve(".rehearsals");
    try {
      Files.createDirectories(home);
      return new RehearsalFolder(Files.createTempDirectory(home, fleet + "-"));
    } catch (IOException e) {
      String why = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
      throw CommandFailure.of(
          "the folder "
              + home
              + " cannot be used ("
              + e.getClass().getSimpleName()
              + " "
              + why
              + ")",
          "a folder of this user's, with room left",
          "Mend its permissions, or name another folder by FLOTILLA_HOME.");
    }
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path each : deepestFirst) {
        Files.deleteIfExists(each);
      }
    }
  }
}
