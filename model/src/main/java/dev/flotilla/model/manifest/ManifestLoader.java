package dev.flotilla.model.manifest;

import dev.flotilla.model.Fleet;
import dev.flotilla.model.Position;
import dev.flotilla.model.Problem;
import dev.flotilla.model.Problems;
import dev.flotilla.model.Result;
import dev.flotilla.model.shape.ShapeCheck;
import dev.flotilla.model.yaml.YamlNode;
import dev.flotilla.model.yaml.YamlNode.Mapping;
import dev.flotilla.model.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads a manifest. All its mistakes are reported at once, each with its place. Stateless. */
public final class ManifestLoader {
  /** How the manifest that comes with Flotilla is called in problems. */
  public static final String BUILT_IN = "built-in-fleet.yaml";

  private ManifestLoader() {}

  /**
   * @param file the manifest; relative folders in it are relative to its folder
   * @return the fleet with warnings, or every mistake in the file, sorted by place
   */
  public static Result<Fleet> load(Path file, LoadOptions options) {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(YamlReader.LARGEST + 1);
      if (bytes.length > YamlReader.LARGEST) {
        return unreadable(
            file, "a file over 4 MiB", "a manifest", "name the manifest, such as -f fleet.yaml");
      }
    } catch (NoSuchFileException e) {
      return unreadable(file, "no such file", "a manifest", "create it, or name one with -f FILE");
    } catch (AccessDeniedException e) {
      return unreadable(
          file, "a file that may not be read", "read permission", "chmod u+r " + file);
    } catch (IOException e) {
      String found = Files.isDirectory(file) ? "a folder" : String.valueOf(e.getMessage());
      return unreadable(file, found, "a file", "name the manifest itself, such as -f fleet.yaml");
    }
    Path folder = Optional.ofNullable(file.toAbsolutePath().normalize().getParent()).orElse(file);
    return load(file.toString(), bytes, folder, options);
  }

  /** The fleet of the three foundation services, for a folder without a manifest. */
  public static Result<Fleet> loadBuiltIn(Path folder, LoadOptions options) {
    try (InputStream in =
        ManifestLoader.class.getResourceAsStream("/dev/flotilla/model/" + BUILT_IN)) {
      if (in == null) {
        throw new IllegalStateException(BUILT_IN + " is missing from the class path");
      }
      return load(BUILT_IN, in.readAllBytes(), folder.toAbsolutePath().normalize(), options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param name how the file is called in problems
   * @param folder absolute; what relative folders are relative to
   */
  public static Result<Fleet> load(String name, byte[] bytes, Path folder, LoadOptions options) {
    Problems problems = new Problems();
    Optional<YamlNode> read = YamlReader.read(name, bytes, problems);
    if (read.isEmpty()) {
      return new Result.Failed<>(problems.sorted());
    }
    YamlNode known =
        new Substitution(problems)
            .apply(
                Extensions.removed(read.get()),
                new Placeholders.Environment(options.environment()));
    Mapping root = new ShapeCheck(new ForeignWords(), problems).check(known, ManifestShape.FLEET);
    if (!(known instanceof Mapping)) {
      return new Result.Failed<>(problems.sorted());
    }
    return problems.result(new FleetReader(root, folder, options, problems).read());
  }

  private static Result<Fleet> unreadable(Path file, String found, String expected, String advice) {
    return new Result.Failed<>(
        List.of(Problem.error(new Position(file.toString(), 0, 0), found, expected, advice)));
  }
}
