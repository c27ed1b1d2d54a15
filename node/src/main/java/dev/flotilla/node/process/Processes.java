package dev.flotilla.node.process;

import dev.flotilla.model.StopPolicy;
import dev.flotilla.node.core.Exit;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Starts processes and sees to it that nothing of them is left when they are over. Thread-safe. A
 * listener is called once, on a thread of the implementation, when the process and everything it
 * started are gone; it must return at once.
 */
public interface Processes extends AutoCloseable {

  /**
   * A process, named so that it can not be mistaken for a later one with the same pid.
   *
   * @param startTicks when it started, in clock ticks since boot
   */
  record Handle(long pid, long startTicks) {}

  /** Starts a process in a session of its own. */
  Handle spawn(ProcessSpec spec, Consumer<Exit> gone) throws SpawnException;

  /**
   * Looks after a process that somebody else started.
   *
   * @return false when it is not there any more
   */
  boolean adopt(Handle process, String run, Consumer<Exit> gone);

  /**
   * Tells a process tree to end: the signal, after the grace KILL. Returns at once. A second call
   * with a shorter grace hastens it.
   */
  void terminate(Handle process, StopPolicy policy);

  /** The process as the kernel shows it. */
  Optional<ProcessInfo> find(long pid);

  /** Lets go of all processes; they go on. */
  @Override
  void close();
}
