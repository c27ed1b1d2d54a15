package dev.flotilla.node.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Finds programs as a shell does, and says what is wrong when there is none. */
final class Executables {
  private static final String USUAL_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private Executables() {}

  /** The file of a program, seen from the working directory. */
  static Path find(String program, Path directory, Map<String, String> environment)
      throws SpawnException {
    if (!Files.isDirectory(directory)) {
      throw new SpawnException(
          "its working directory %s is not there; make it or mend the manifest"
              .formatted(directory),
          false);
    }
    if (program.contains("/")) {
      Path file = directory.resolve(program);
      if (Files.isDirectory(file) || !Files.exists(file)) {
        throw new SpawnException("its program %s is not there".formatted(file), false);
      }
      if (!Files.isExecutable(file)) {
        throw new SpawnException(
            "its program %s is not executable; chmod +x helps".formatted(file), false);
      }
      return file;
    }
    String path = environment.getOrDefault("PATH", USUAL_PATH);
    for (String entry : path.split(":", -1)) {
      Path file = directory.resolve(entry).resolve(program);
      if (Files.isRegularFile(file) && Files.isExecutable(file)) {
        return file;
      }
    }
    throw new SpawnException(
        "its program %s is in none of the folders of PATH (%s)".formatted(program, path), false);
  }
}
