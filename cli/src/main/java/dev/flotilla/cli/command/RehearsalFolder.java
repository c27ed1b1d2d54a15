package dev.flotilla.cli.command;

import dev.flotilla.cli.client.StateFolders;
import dev.flotilla.cli.client.UnusableFolder;
import java.io.IOException;
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
      throw UnusableFolder.failure(home, e);
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
