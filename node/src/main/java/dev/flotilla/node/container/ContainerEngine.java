package dev.flotilla.node.container;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the program that runs containers. */
public final class ContainerEngine {
  private static final List<String> PROGRAMS = List.of("docker", "podman");

  private ContainerEngine() {}

  /** The first of docker and podman in the folders of PATH. */
  public static Optional<Path> find(Map<String, String> environment) {
    for (String program : PROGRAMS) {
      for (String folder : environment.getOrDefault("PATH", "/usr/bin:/bin").split(":", -1)) {
        Path file = Path.of(folder.isEmpty() ? "." : folder, program).toAbsolutePath();
        if (Files.isRegularFile(file) && Files.isExecutable(file)) {
          return Optional.of(file);
        }
      }
    }
    return Optional.empty();
  }
}
