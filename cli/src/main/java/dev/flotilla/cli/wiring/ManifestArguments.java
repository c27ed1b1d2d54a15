package dev.flotilla.cli.wiring;

import dev.flotilla.node.api.ManifestRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A manifest request as options of the processes that are started for it. */
public final class ManifestArguments {
  @Option(names = "--manifest")
  private @Nullable String manifest;

  @Option(names = "--directory")
  private @Nullable String directory;

  @Option(names = "--use-port-set")
  private @Nullable String portSet;

  @Option(names = "--use-port-offset")
  private @Nullable Integer portOffset;

  @Option(names = "--machine")
  private @Nullable String machine;

  public ManifestRequest request() {
    return new ManifestRequest(
        Optional.ofNullable(manifest),
        Optional.ofNullable(directory),
        Optional.ofNullable(portSet),
        Optional.ofNullable(portOffset),
        Optional.ofNullable(machine),
        Optional.empty());
  }

  /** What {@link #request} reads back. */
  public static List<String> of(ManifestRequest request) {
    List<String> arguments = new ArrayList<>();
    request.manifest().ifPresent(v -> arguments.addAll(List.of("--manifest", v)));
    request.directory().ifPresent(v -> arguments.addAll(List.of("--directory", v)));
    request.portSet().ifPresent(v -> arguments.addAll(List.of("--use-port-set", v)));
    request.portOffset().ifPresent(v -> arguments.add("--use-port-offset=" + v));
    request.machine().ifPresent(v -> arguments.addAll(List.of("--machine", v)));
    return arguments;
  }
}
