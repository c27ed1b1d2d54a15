package dev.flotilla.cli.command;

import dev.flotilla.cli.client.NodeClient;
import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.cli.context.GlobalOptions;
import dev.flotilla.cli.plan.Usual;
import dev.flotilla.cli.screen.Screen;
import dev.flotilla.cli.view.Required;
import dev.flotilla.cli.wiring.JvmCommand;
import dev.flotilla.cli.wiring.NodeProcess;
import dev.flotilla.model.Json;
import dev.flotilla.model.Version;
import dev.flotilla.node.api.ManifestRequest;
import dev.flotilla.node.state.NodeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code flotilla train ROLE}: does what a role usually does, for the JVM to note which classes
 * that takes. Run by the launcher alone.
 */
@Command(name = "train", hidden = true, description = "Do what ROLE does, for the AOT cache.")
final class TrainCommand implements Callable<Integer> {
  private static final Duration LONGEST = Duration.ofSeconds(40);
  private static final List<String> SAMPLE =
      List.of(
          "agent.py",
          "broken.py",
          "Dockerfile",
          "requirements.txt",
          "startup_config.yaml",
          "docker-compose.yml");

  private final Context context;

  @Parameters(paramLabel = "ROLE", description = "cli or node.")
  private String role = "cli";

  @Option(
      names = "--home",
      paramLabel = "FOLDER",
      required = true,
      description = "State, thrown away.")
  private Path home = Path.of("");

  @Option(
      names = "--ports-from",
      paramLabel = "N",
      description = "Added to the ports of the node's fleet.")
  private int offset = 20_000;

  TrainCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    switch (role) {
      case "cli" -> commands();
      case "node" -> node();
      default ->
          throw CommandFailure.usage(
              "the role \"" + role + "\"", "cli or node", "Name one of them.");
    }
    return ExitCode.OK;
  }

  /** Without a node, and against the node that runs for the training when there is one. */
  private void commands() throws IOException {
    run("--version");
    run("--help");
    run("check", "--machine", "none");
    run("graph");
    run("ports", "--json");
    run("verison");
    run("status");
    run("up", "--help");
    Usual.commands(home.resolve("plans")).forEach(words -> run(words.toArray(String[]::new)));
    Path repository = sample(home.resolve("repository"));
    run("scan", repository.toString());
    run("scan", repository.toString(), "--report", "json");
  }

  private static Path sample(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (String name : SAMPLE) {
      try (InputStream file =
          TrainCommand.class.getResourceAsStream("/dev/flotilla/cli/training/" + name)) {
        Files.copy(
            Objects.requireNonNull(file, name),
            folder.resolve(name),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return folder;
  }

  private void node() throws InterruptedException {
    Map<String, String> environment = new HashMap<>(context.environment());
    environment.put("FLOTILLA_HOME", home.toString());
    NodeProcess node =
        new NodeProcess(
            home,
            environment,
            JvmCommand.of(System.getProperties()),
            Version.CURRENT,
            Commands::run);
    Thread watcher = Thread.ofPlatform().name("train").start(this::useAndEnd);
    try {
      node.run(
          new ManifestRequest(
              Optional.empty(),
              Optional.of("/"),
              Optional.empty(),
              Optional.of(offset),
              Optional.empty(),
              Optional.empty()));
    } catch (NodeException e) {
      throw CommandFailure.of(e.problems());
    }
    watcher.join();
  }

  private void useAndEnd() {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (System.nanoTime() < deadline) {
      Optional<NodeClient> node = NodeClient.running(home.resolve("foundation"), Json.mapper());
      if (node.isPresent() && Required.areWell(node.get().status().agents())) {
        break;
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    run("status");
    run("down");
  }

  private void run(String... arguments) {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    Map<String, String> environment = new HashMap<>(context.environment());
    environment.put("FLOTILLA_HOME", home.toString());
    Context unseen =
        new Context(new GlobalOptions(), Screen.plain(nowhere, nowhere), environment, home);
    Commands.run(unseen, arguments);
  }
}
