package dev.flotilla.cli.command;

import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.node.state.NodeFile;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for a node's process to be gone. */
record NodeEnd(NodeFile node) {
  private static final Duration LONGEST = Duration.ofSeconds(15);

  void await() {
    try {
      var process = ProcessHandle.of(node.pid());
      if (process.isPresent()) {
        process.get().onExit().get(LONGEST.toSeconds(), TimeUnit.SECONDS);
      }
    } catch (TimeoutException e) {
      throw CommandFailure.of(
          "the node (process " + node.pid() + ") stopped its agents and did not end",
          "its end within " + LONGEST.toSeconds() + " s",
          "End it: kill " + node.pid());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
