package dev.flotilla.node;

import dev.flotilla.model.StopPolicy;
import dev.flotilla.node.process.LinuxProcesses;
import dev.flotilla.node.process.ProcessTable;
import dev.flotilla.node.process.Processes;
import dev.flotilla.node.run.Journal;
import dev.flotilla.node.run.Survivors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What a node that died left running. Normally the next node takes it over; this ends it without
 * one.
 *
 * @param state the fleet's state folder
 */
public record AbandonedFleet(Path state) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Whether a process belongs to this fleet. */
  public boolean owns(long pid) {
    return new ProcessTable()
        .variable(pid, "FLOTILLA_STATE")
        .filter(state.toString()::equals)
        .isPresent();
  }

  /**
   * Ends everything, all at once, and waits until it is gone.
   *
   * @return how many agents were ended
   */
  public int end() throws IOException, InterruptedException {
    Path folder = state.resolve("agents");
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    ProcessTable table = new ProcessTable();
    Journal journal = new Journal(folder, table.bootId());
    Survivors.Found found =
        new Survivors(table, state.toString()).find(journal.read(), Clock.systemUTC().instant());
    Map<Processes.Handle, String> left = new LinkedHashMap<>();
    found.agents().forEach(entry -> left.put(entry.process(), entry.run().text()));
    found.strays().forEach(stray -> left.put(stray.process(), stray.run()));
    if (left.isEmpty()) {
      return 0;
    }
    CountDownLatch gone = new CountDownLatch(left.size());
    try (LinuxProcesses processes = new LinuxProcesses(table)) {
      left.forEach(
          (process, run) -> {
            if (processes.adopt(process, run, exit -> gone.countDown())) {
              processes.terminate(process, StopPolicy.DEFAULT);
            } else {
              gone.countDown();
            }
          });
      if (!gone.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException(gone.getCount() + " processes of the fleet did not end");
      }
    }
    for (Journal.Entry entry : found.agents()) {
      journal.remove(entry.agent());
    }
    return found.agents().size();
  }
}
