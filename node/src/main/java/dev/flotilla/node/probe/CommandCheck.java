package dev.flotilla.node.probe;

import dev.flotilla.model.Agent;
import dev.flotilla.model.Launch;
import dev.flotilla.model.Probe;
import dev.flotilla.model.StopPolicy;
import dev.flotilla.node.core.Exit;
import dev.flotilla.node.core.ProbeHistory.Answer;
import dev.flotilla.node.core.RunId;
import dev.flotilla.node.process.ProcessSpec;
import dev.flotilla.node.process.Processes;
import dev.flotilla.node.process.SpawnException;
import dev.flotilla.node.run.AgentEnvironment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** One run of a command with the agent's environment and directory; its whole tree ends in time. */
public final class CommandCheck {
  private final Processes processes;
  private final AgentEnvironment environment;
  private final AtomicLong counter = new AtomicLong();

  public CommandCheck(Processes processes, AgentEnvironment environment) {
    this.processes = processes;
    this.environment = environment;
  }

  Answer ask(Agent agent, Probe.Command check, Duration timeout) throws InterruptedException {
    RunId run = new RunId("probe" + counter.incrementAndGet() + "-" + agent.id().name());
    Path directory =
        agent.launch() instanceof Launch.Command command
            ? Path.of(command.directory())
            : Path.of("/");
    CompletableFuture<Exit> ended = new CompletableFuture<>();
    try {
      Processes.Handle process =
          processes.spawn(
              new ProcessSpec(
                  List.of(),
                  check.argv(),
                  directory,
                  environment.of(agent, run),
                  Path.of("/dev/null"),
                  run.text()),
              ended::complete);
      try {
        Exit exit = ended.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        return exit.success()
            ? Answer.OK
            : Answer.failed("%s: %s".formatted(name(check), exit.label()));
      } catch (TimeoutException e) {
        return Answer.failed(
            "%s did not end within %d ms".formatted(name(check), timeout.toMillis()));
      } finally {
        processes.terminate(process, new StopPolicy("KILL", Duration.ZERO));
      }
    } catch (SpawnException e) {
      return Answer.failed(String.valueOf(e.getMessage()));
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String name(Probe.Command check) {
    return check.argv().getFirst();
  }
}
