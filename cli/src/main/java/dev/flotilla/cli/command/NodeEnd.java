package dev.flotilla.cli.command;

import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.node.process.ProcessTable;
import dev.flotilla.node.state.NodeFile;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for a node's process to be gone. */
record NodeEnd(NodeFile node) {
  private static final Duration LONGEST = Duration.ofSeconds(15);
  private static final Duration LOOK = Duration.ofMillis(5);

  /**
   * Looks often: to be told of another's end, the JDK looks three times a second at most. An ended
   * process that nobody collected is gone too: who took it over may be in no hurry.
   */
  void await() {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    ProcessTable table = new ProcessTable();
    while (table.find(node.pid()).filter(process -> !process.zombie()).isPresent()) {
      if (System.nanoTime() > deadline) {
        throw CommandFailure.of(
            "the node (process " + node.pid() + ") stopped its agents and did not end",
            "its end within " + LONGEST.toSeconds() + " s",
            "End it: kill " + node.pid());
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }
}
