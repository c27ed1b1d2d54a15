package dev.flotilla.cli.scan;

import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.model.shape.Nearest;
import dev.flotilla.scan.Scan;
import dev.flotilla.scan.ScanRequest;
import dev.flotilla.scan.ScanResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What is scanned and how: the options all scan commands share. Filled by picocli. */
final class ScanTarget {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "PATH",
      description = "The folder to scan; without it the current one.")
  private @Nullable Path path;

  @Option(names = "--all", description = "Read also what git ignores.")
  private boolean all;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that read files; the result is the same with any number.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--no-cache", description = "Read every file anew and keep nothing.")
  private boolean noCache;

  /** The folder. */
  Path root(Context context) {
    Path root = path == null ? context.directory() : context.directory().resolve(path);
    return root.toAbsolutePath().normalize();
  }

  /** Scans it. */
  ScanResult scan(Context context) {
    Path root = root(context);
    if (!Files.isDirectory(root)) {
      throw CommandFailure.usage(
          Files.exists(root) ? root + " is a file" : root + " does not exist",
          "a folder to scan",
          meant() + "Name the folder of the repository: flotilla scan PATH");
    }
    Optional<Path> cache = noCache ? Optional.empty() : Optional.of(cache(context));
    try {
      return Scan.run(new ScanRequest(root, all, Math.max(1, threads), cache));
    } catch (IOException e) {
      throw CommandFailure.usage(
          "the scan stopped: " + e,
          "a folder that can be read and a cache that can be written",
          "Check the rights of "
              + root
              + (cache.isPresent() ? " and " + cache.get() : "")
              + ", or try --no-cache");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.usage("the scan was interrupted", "time to finish", "Start it again");
    }
  }

  /** A word that is no folder may be a command that was mistyped. */
  private String meant() {
    if (command == null || path == null) {
      return "";
    }
    return Nearest.to(path.toString(), List.copyOf(command.subcommands().keySet()))
        .map(n -> "Did you mean " + n + "? ")
        .orElse("");
  }

  /** Where scans keep what outlives them. */
  Path state(Context context) {
    String home = context.environment().getOrDefault("FLOTILLA_HOME", "");
    Path state =
        home.isEmpty()
            ? Path.of(
                context.environment().getOrDefault("HOME", "."), ".local", "state", "flotilla")
            : Path.of(home);
    return state.resolve("scan");
  }

  /** A name for the folder that is scanned. */
  String key(Context context) {
    return Integer.toHexString(root(context).toString().hashCode());
  }

  private Path cache(Context context) {
    return state(context).resolve(key(context) + ".facts");
  }
}
