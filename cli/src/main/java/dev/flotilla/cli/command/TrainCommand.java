package dev.flotilla.cli.command;

import dev.flotilla.cli.client.NodeClient;
import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.cli.context.GlobalOptions;
import dev.flotilla.cli.plan.Usual;
import dev.flotilla.cli.screen.Screen;
import dev.flotilla.cli.wiring.JvmCommand;
import dev.flotilla.cli.wiring.NodeProcess;
import dev.flotilla.model.AgentState;
import dev.flotilla.model.AgentStatus;
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

  /** The agent of the training's fleet that ends at once, again and again. */
  private static final String ENDS = "ends";

  /** What is done so often the JVM counts as hot. */
  private static final int OFTEN = 300;

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
      copy(name, folder);
    }
    return folder;
  }

  private static Path copy(String name, Path folder) throws IOException {
    Path target = Files.createDirectories(folder).resolve(name);
    try (InputStream file =
        TrainCommand.class.getResourceAsStream("/dev/flotilla/cli/training/" + name)) {
      Files.copy(Objects.requireNonNull(file, name), target, StandardCopyOption.REPLACE_EXISTING);
    }
    return target;
  }

  private void node() throws InterruptedException, IOException {
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
              Optional.of(copy("fleet.yaml", home).toString()),
              Optional.empty(),
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
      if (node.isPresent() && often(node.get().status().agents())) {
        break;
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    run("status");
    run("down");
  }

  /** Whether everything is up and has been done so often that it counts as usual. */
  private static boolean often(List<AgentStatus> agents) {
    return agents.stream()
            .filter(agent -> !agent.id().name().equals(ENDS))
            .allMatch(agent -> agent.state() == AgentState.HEALTHY)
        && agents.stream().anyMatch(agent -> agent.restarts() >= OFTEN);
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
