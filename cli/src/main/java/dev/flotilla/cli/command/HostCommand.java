package dev.flotilla.cli.command;

import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.cli.wiring.HostProcess;
import dev.flotilla.cli.wiring.ManifestArguments;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Result;
import dev.flotilla.model.manifest.LoadOptions;
import dev.flotilla.model.manifest.ManifestLoader;
import dev.flotilla.node.api.ManifestRequest;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code flotilla host}: what the node starts for every group of services. */
@Command(name = "host", hidden = true, description = "Run the services of a group.")
final class HostCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private ManifestArguments manifest = new ManifestArguments();

  @Option(names = "--group", required = true)
  private String group = "";

  @Option(names = "--state", required = true)
  private Path state = Path.of("");

  HostCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    ManifestRequest request = manifest.request();
    String url = context.environment().getOrDefault("FLOTILLA_BUS_URL", "");
    if (url.isEmpty()) {
      throw CommandFailure.usage(
          "no FLOTILLA_BUS_URL",
          "the bus of a running node",
          "This command is for the node alone.");
    }
    new HostProcess(
            fleet(request), request.machine().orElse("local"), group, state, directory(request))
        .run(url);
    return ExitCode.OK;
  }

  private static Path directory(ManifestRequest request) {
    Path directory =
        request
            .manifest()
            .flatMap(file -> Optional.ofNullable(Path.of(file).toAbsolutePath().getParent()))
            .orElseGet(() -> Path.of(request.directory().orElse("/")));
    return directory.normalize();
  }

  private Fleet fleet(ManifestRequest request) {
    LoadOptions options =
        new LoadOptions(context.environment(), request.portSet(), request.portOffset());
    Result<Fleet> read =
        request.manifest().isPresent()
            ? ManifestLoader.load(Path.of(request.manifest().get()), options)
            : ManifestLoader.loadBuiltIn(Path.of(request.directory().orElse("/")), options);
    return switch (read) {
      case Result.Ok<Fleet>(Fleet fleet, var warnings) -> fleet;
      case Result.Failed<Fleet>(var problems) -> throw CommandFailure.of(problems);
    };
  }
}
