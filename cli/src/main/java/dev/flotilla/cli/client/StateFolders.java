package dev.flotilla.cli.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where fleets keep what they know: one folder a fleet.
 *
 * @param root the folder of all fleets' folders
 */
public record StateFolders(Path root) {

  /** {@code FLOTILLA_HOME}, else {@code ~/.local/state/flotilla}. */
  public static StateFolders of(Map<String, String> environment) {
    String named = environment.getOrDefault("FLOTILLA_HOME", "");
    Path root =
        named.isEmpty()
            ? Path.of(
                environment.getOrDefault("HOME", System.getProperty("user.home")),
                ".local",
                "state",
                "flotilla")
            : Path.of(named);
    return new StateFolders(root.toAbsolutePath());
  }

  public Path of(String fleet) {
    return root.resolve(fleet);
  }

  /** The names of the fleets that have a folder, in order. */
  public List<String> fleets() {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(root)) {
      return folders
          .filter(Files::isDirectory)
          .map(f -> f.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
