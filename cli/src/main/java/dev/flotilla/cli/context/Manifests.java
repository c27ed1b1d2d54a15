package dev.flotilla.cli.context;

import dev.flotilla.model.Fleet;
import dev.flotilla.model.Problem;
import dev.flotilla.model.Result;
import dev.flotilla.model.manifest.LoadOptions;
import dev.flotilla.model.manifest.ManifestLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Which manifest a command speaks of, and what is in it. */
public final class Manifests {
  private static final String USUAL = "fleet.yaml";

  private Manifests() {}

  /**
   * @param file absolute; empty for the built-in fleet
   */
  public record Loaded(Fleet fleet, Optional<Path> file, List<Problem> warnings) {}

  /** The file that {@code -f} names, else {@code ./fleet.yaml}, else none: the built-in fleet. */
  public static Optional<Path> file(Context context) {
    return named(context)
        .map(file -> context.directory().resolve(file).toAbsolutePath().normalize());
  }

  private static Optional<Path> named(Context context) {
    return context
        .options()
        .file()
        .or(
            () ->
                Files.exists(context.directory().resolve(USUAL))
                    ? Optional.of(Path.of(USUAL))
                    : Optional.empty());
  }

  /** Throws {@link CommandFailure} with every mistake in it. */
  public static Loaded load(Context context) {
    return switch (result(context)) {
      case Result.Ok<Fleet>(Fleet fleet, var warnings) ->
          new Loaded(fleet, file(context), warnings);
      case Result.Failed<Fleet>(var problems) -> throw CommandFailure.of(problems);
    };
  }

  /** The manifest, or its mistakes. */
  public static Result<Fleet> result(Context context) {
    LoadOptions options =
        new LoadOptions(
            context.environment(), context.options().portSet(), context.options().portOffset());
    return named(context)
        .map(file -> ManifestLoader.load(asNamed(context, file), options))
        .orElseGet(() -> ManifestLoader.loadBuiltIn(context.directory(), options));
  }

  /** As the user wrote it where that names the same file, so that problems show it so. */
  private static Path asNamed(Context context, Path file) {
    return context.directory().equals(Path.of("").toAbsolutePath())
        ? file
        : context.directory().resolve(file);
  }
}
