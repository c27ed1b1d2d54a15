package dev.flotilla.cli.context;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every command takes. Filled by picocli, then only read. */
public final class GlobalOptions {
  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description =
          "The manifest; without it ./fleet.yaml, and where there is none the built-in fleet.")
  private @Nullable Path file;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Answer as JSON on standard output (shapes: docs/json.md).")
  private boolean json;

  @Option(
      names = "--port-set",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "Use this port set of the manifest.")
  private @Nullable String portSet;

  @Option(
      names = "--port-offset",
      paramLabel = "N",
      scope = ScopeType.INHERIT,
      description = "Add N to every port of the manifest.")
  private @Nullable Integer portOffset;

  @Option(
      names = "--no-color",
      negatable = false,
      scope = ScopeType.INHERIT,
      description = "No colours; NO_COLOR in the environment does the same.")
  private boolean noColour;

  public Optional<Path> file() {
    return Optional.ofNullable(file);
  }

  public boolean json() {
    return json;
  }

  public Optional<String> portSet() {
    return Optional.ofNullable(portSet);
  }

  public Optional<Integer> portOffset() {
    return Optional.ofNullable(portOffset);
  }

  public boolean noColour() {
    return noColour;
  }
}
