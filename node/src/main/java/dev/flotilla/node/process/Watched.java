package dev.flotilla.node.process;

import dev.flotilla.node.core.Exit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A process that is looked after. Thread-safe. */
final class Watched {
  private final Processes.Handle process;
  private final String run;
  private final boolean child;
  private final Consumer<Exit> gone;
  private final Map<Long, Long> known = new HashMap<>();
  private final Set<Long> told = new HashSet<>();
  private Optional<Exit> exit = Optional.empty();
  private Optional<Long> killAt = Optional.empty();
  private int signal;

  /**
   * @param child whether this process started it, and not an earlier node
   */
  Watched(Processes.Handle process, String run, boolean child, Consumer<Exit> gone) {
    this.process = process;
    this.run = run;
    this.child = child;
    this.gone = gone;
  }

  Processes.Handle process() {
    return process;
  }

  String run() {
    return run;
  }

  boolean child() {
    return child;
  }

  /** It was told to end and is killed at the given time of the monotonic clock. */
  synchronized void killBy(long nanos, int withSignal) {
    killAt = Optional.of(killAt.map(before -> Math.min(before, nanos)).orElse(nanos));
    signal = withSignal;
  }

  synchronized void end(Exit how) {
    exit = Optional.of(how);
  }

  synchronized boolean ended() {
    return exit.isPresent();
  }

  /** When it is to be killed. */
  synchronized Optional<Long> killAt() {
    return killAt;
  }

  synchronized boolean graceOver(long nanos) {
    return killAt.isPresent() && nanos - killAt.get() >= 0;
  }

  /** What the rest of its tree is sent now: its signal while the grace lasts, then KILL. */
  synchronized int signalNow(long nanos) {
    return killAt.isPresent() && nanos - killAt.get() < 0 ? signal : Signals.KILL;
  }

  /** Notes a member of its tree. */
  synchronized void note(ProcessInfo member) {
    known.put(member.pid(), member.startTicks());
  }

  /** Whether a member was not yet told to end; it is from now on. */
  synchronized boolean tell(ProcessInfo member) {
    return told.add(member.pid());
  }

  synchronized Map<Long, Long> known() {
    return Map.copyOf(known);
  }

  void report() {
    Exit how;
    synchronized (this) {
      how = exit.orElseGet(Exit.Unseen::new);
    }
    gone.accept(how);
  }
}
